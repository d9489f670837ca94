import { z } from 'zod';
import { listAlerts as readAlerts } from '#clickhouse/alerts/list-alerts.ts';
import { ALERT_KINDS } from '#domain/alerts/alert.ts';
import { json, route } from '../../http/route.ts';
import { paging } from '../aggregates/aggregate-parameters.ts';
import { budgetId } from '../budgets/budget-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { repeatable } from '../parameters.ts';
import { decodeAlertCursor, encodeAlertCursor } from './alert-cursor.ts';
import { alertView } from './alert-view.ts';

/** Few alerts are raised: a page is the history of years. */
export const MAX_ALERTS = 1000;

export const listAlerts = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/alerts',
    scope: 'costs:read',
    operationId: 'listAlerts',
    summary: 'Lists alerts with their history, newest first',
    query: z.strictObject({
      kind: repeatable(z.enum(ALERT_KINDS, `must be one of ${ALERT_KINDS.join(', ')}`), ALERT_KINDS.length).meta({
        description: 'What alerts are about; all kinds by default',
      }),
      budget_id: budgetId.optional(),
      acknowledged: z
        .enum(['true', 'false'], 'must be true or false')
        .optional()
        .meta({ description: 'Only those that were acknowledged, or were not' }),
      ...paging(MAX_ALERTS, MAX_ALERTS),
    }),
    responses: {
      200: {
        description: 'A page of alerts. Those that are raised meanwhile are on no later page, and move nothing',
        body: z
          .object({
            data: z.array(alertView),
            next_cursor: z.string().nullable().meta({ description: 'Of the next page; null on the last one' }),
          })
          .meta({ id: 'Alerts' }),
      },
    },
    async handle({ tenantId, query: { kind: kinds, budget_id: budgetId, acknowledged, cursor, limit } }) {
      const selection = {
        kinds,
        budgetId,
        before: decodeAlertCursor(cursor),
        limit: limit + 1,
        ...(acknowledged && { acknowledged: acknowledged === 'true' }),
      };
      const rows = await readAlerts(warehouse, tenantId, selection);
      const data = rows.slice(0, limit);
      const last = rows.length > limit ? data.at(-1) : undefined;
      return json(200, { data, next_cursor: last ? encodeAlertCursor(last) : null });
    },
  });
