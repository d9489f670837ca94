import { z } from 'zod';
import { rangeReconciliation, reconcileRange } from '#clickhouse/coverage/reconcile-range.ts';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireFound } from '../integrations/require-integrations.ts';
import { checkDayRange, day, dayRange, onlyIntegrations } from '../parameters.ts';

const body = z
  .object({
    from: day,
    to: day.meta({ description: 'The UTC day after the last one' }),
    ...rangeReconciliation.shape,
    revision: z.string().meta({ description: 'Identifies the state of the data; changes with it' }),
  })
  .meta({ id: 'RangeReconciliation' });
export type RangeReconciliation = z.infer<typeof body>;

/** Whether the days of a range add up to OpenAI's own totals, of all integrations in one answer. */
export const getReconciliation = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/reconciliation',
    scope: 'costs:read',
    operationId: 'getReconciliation',
    summary: 'Gets whether the days of a range add up to OpenAI’s totals, and which of them OpenAI changed',
    query: checkDayRange(
      z.strictObject({
        ...dayRange,
        integration_id: onlyIntegrations,
      }),
    ),
    responses: { 200: { description: 'Whole days: no filter applies', body } },
    problems: ['not_found'],
    conditional: 'one statement',
    async handle({ tenantId, query: { from, to, integration_id }, revision }) {
      const integrations = integration_id?.length ? integration_id : undefined;
      const { integrations_found, ...found } = await reconcileRange(warehouse, tenantId, { from, to, integrations });
      requireFound({ integrations_found }, integrations);
      return json(200, { from, to, ...found, revision });
    },
  });
