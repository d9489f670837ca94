import { z } from 'zod';
import { listAlerts as readAlerts } from '#clickhouse/alerts/alerts.ts';
import { json, route } from '../../http/route.ts';
import { budgetId } from '../budgets/budget-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { alertView, viewAlert } from './alert-view.ts';

/** A budget raises few alerts in a period: this is the history of years. */
const MAX_ALERTS = 1000;

export const listAlerts = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/alerts',
    scope: 'costs:read',
    operationId: 'listAlerts',
    summary: `Lists the latest ${MAX_ALERTS} alerts with their history, newest first`,
    query: z.strictObject({
      budget_id: budgetId.optional(),
      acknowledged: z
        .enum(['true', 'false'], 'must be true or false')
        .optional()
        .meta({ description: 'Only those that were acknowledged, or were not' }),
    }),
    responses: { 200: { description: 'Alerts', body: z.object({ data: z.array(alertView) }).meta({ id: 'Alerts' }) } },
    async handle({ tenantId, query: { budget_id: budgetId, acknowledged } }) {
      const selection = { budgetId, limit: MAX_ALERTS, ...(acknowledged && { acknowledged: acknowledged === 'true' }) };
      return json(200, { data: (await readAlerts(warehouse, tenantId, selection)).map(viewAlert) });
    },
  });
