import { z } from 'zod';
import { listAlerts } from '#clickhouse/alerts/list-alerts.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { alertId, alertView, viewAlert } from './alert-view.ts';

export const getAlert = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/alerts/:alert_id',
    scope: 'costs:read',
    operationId: 'getAlert',
    summary: 'Gets one alert with its history',
    params: z.object({ alert_id: alertId }),
    responses: { 200: { description: 'The alert', body: alertView } },
    async handle({ tenantId, params: { alert_id } }) {
      const [alert] = await listAlerts(warehouse, tenantId, { alertId: alert_id, limit: 1 });
      if (!alert) throw new Problem('not_found');
      return json(200, viewAlert(alert));
    },
  });
