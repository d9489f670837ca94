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
    at: z.iso.datetime().meta({ description: 'When the action began' }),
    caller: z.string().meta({ description: 'The subject of the credential' }),
    action: z.string().meta({ description: 'The operationId of the request, such as createBudget' }),
    resource: z.string().meta({
      description:
        'The path of what was acted on, or of what was created. What can be no id of ours stays a name, such as :budget_id',
    }),
    status: z.int().nullable().meta({ description: 'The status of the response; null while there is none' }),
    outcome: z.string().meta({
      description:
        'succeeded, or the code of the problem in the response: below status 500 nothing was changed then. begun: it is being done, or what came of it could not be recorded',
    }),
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
      'Every request to change something is recorded once, before it changes anything, also one that is refused: connecting, replacing a key, disconnecting, syncs, budgets, channels, acknowledgements. Those beyond the rate limit are not. Events are kept for two years.',
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
