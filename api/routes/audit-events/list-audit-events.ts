import { z } from 'zod';
import { listAuditEvents as readAuditEvents } from '#clickhouse/audit/audit-events.ts';
import { json, route } from '../../http/route.ts';
import { paging } from '../aggregates/aggregate-parameters.ts';
import type { Dependencies } from '../dependencies.ts';
import { checkDayRange, dayRange } from '../parameters.ts';
import { decodeAuditCursor, encodeAuditCursor } from './audit-cursor.ts';

const MAX_EVENTS = 1000;

const auditEvent = z
  .object({
    id: z.string(),
    at: z.iso.datetime().meta({ description: 'When the action had ended' }),
    caller: z.string().meta({ description: 'The subject of the credential' }),
    action: z.string().meta({ description: 'The operationId of the request, such as createBudget' }),
    resource: z.string().meta({ description: 'The path of what was acted on, or of what was created' }),
    status: z.int().meta({ description: 'The status of the response' }),
    outcome: z.string().meta({ description: 'succeeded, or the code of the problem for which nothing was changed' }),
    request_id: z.string().meta({ description: 'As in the response’s x-request-id' }),
  })
  .meta({ id: 'AuditEvent' });

const text = (description: string) =>
  z.string('must be given once').max(500, 'must have at most 500 characters').optional().meta({ description });

export const listAuditEvents = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/audit-events',
    scope: 'audit:read',
    operationId: 'listAuditEvents',
    summary: 'Lists who changed what, the latest first',
    description:
      'Every request to change something is recorded once, also one that was refused: connecting, replacing a key, disconnecting, syncs, budgets, channels, acknowledgements. Events are kept for two years.',
    query: checkDayRange(
      z.strictObject({
        ...dayRange,
        caller: text('Only of this caller'),
        action: text('Only of this operation'),
        resource: text('Only of this path'),
        ...paging(MAX_EVENTS),
      }),
    ),
    responses: {
      200: {
        description: 'A page of events',
        body: z
          .object({
            data: z.array(auditEvent),
            next_cursor: z.string().nullable().meta({ description: 'Of the next page; null on the last one' }),
          })
          .meta({ id: 'AuditEvents' }),
      },
    },
    async handle({ tenantId, query: { cursor, limit, ...selection } }) {
      const rows = await readAuditEvents(warehouse, tenantId, {
        ...selection,
        before: decodeAuditCursor(cursor),
        limit: limit + 1,
      });
      const data = rows.slice(0, limit);
      const last = rows.length > limit ? data.at(-1) : undefined;
      return json(200, { data, next_cursor: last ? encodeAuditCursor(last) : null });
    },
  });
