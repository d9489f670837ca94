import { z } from 'zod';
import { listAlerts as readAlerts } from '#clickhouse/alerts/list-alerts.ts';
import { ALERT_KINDS } from '#domain/alerts/alert.ts';
import { json, route } from '../../http/route.ts';
import { budgetId } from '../budgets/budget-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { repeatable } from '../parameters.ts';
import { alertView } from './alert-view.ts';

/** Few alerts are raised: this is the history of years. */
const MAX_ALERTS = 1000;

export const listAlerts = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/alerts',
    scope: 'costs:read',
    operationId: 'listAlerts',
    summary: `Lists the latest ${MAX_ALERTS} alerts with their history, newest first`,
    query: z.strictObject({
      kind: repeatable(z.enum(ALERT_KINDS, `must be one of ${ALERT_KINDS.join(', ')}`), ALERT_KINDS.length).meta({
        description: 'What alerts are about; all kinds by default',
      }),
      budget_id: budgetId.optional(),
      acknowledged: z
        .enum(['true', 'false'], 'must be true or false')
        .optional()
        .meta({ description: 'Only those that were acknowledged, or were not' }),
    }),
    responses: { 200: { description: 'Alerts', body: z.object({ data: z.array(alertView) }).meta({ id: 'Alerts' }) } },
    async handle({ tenantId, query: { kind: kinds, budget_id: budgetId, acknowledged } }) {
      const selection = {
        kinds,
        budgetId,
        limit: MAX_ALERTS,
        ...(acknowledged && { acknowledged: acknowledged === 'true' }),
      };
      return json(200, { data: await readAlerts(warehouse, tenantId, selection) });
    },
  });
