import { z } from 'zod';
import { acknowledgeAlert } from '#clickhouse/alerts/acknowledge-alert.ts';
import { readAlert } from '#clickhouse/alerts/list-alerts.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { alertId, alertView } from './alert-view.ts';

export const createAcknowledgement = ({ warehouse }: Dependencies) =>
  route({
    method: 'post',
    path: '/alerts/:alert_id/acknowledgements',
    scope: 'budgets:write',
    operationId: 'createAcknowledgement',
    summary: 'Creates an acknowledgement: notes that the caller has seen an alert',
    description: 'Safe to repeat: the first one counts.',
    params: z.object({ alert_id: alertId }),
    responses: { 201: { description: 'The alert, acknowledged', body: alertView } },
    async handle({ tenantId, caller, params: { alert_id } }) {
      await acknowledgeAlert(warehouse, tenantId, alert_id, caller);
      const alert = await readAlert(warehouse, tenantId, alert_id);
      if (!alert) throw new Problem('not_found');
      return json(201, alert, { location: `/v1/alerts/${alert_id}` });
    },
  });
