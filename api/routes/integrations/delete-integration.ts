import { z } from 'zod';
import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import { requestChange } from '#workflows/contract/commands.ts';
import { disconnect } from '#workflows/contract/messages.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { integrationId } from '../parameters.ts';
import { startAndWait } from './deadline.ts';

/** Disconnects: the key is deleted; the data stay, or are deleted too with `purge=true`. 202 if that takes a while. */
export const deleteIntegration = ({ warehouse, temporal }: Dependencies) =>
  route({
    method: 'delete',
    path: '/integrations/:integration_id',
    scope: 'integrations:write',
    operationId: 'deleteIntegration',
    summary:
      'Deletes an integration: disconnects the organization and deletes its key; its data stay unless you purge them',
    params: z.object({ integration_id: integrationId }),
    query: z.strictObject({
      purge: z
        .enum(['true', 'false'], 'must be true or false')
        .default('false')
        .meta({ description: 'Whether to delete the data too' }),
    }),
    responses: {
      200: {
        description: 'The organization is disconnected, or its data are purged',
        body: z
          .object({ id: z.string(), status: z.enum(['disconnected', 'purged']) })
          .meta({ id: 'DeletedIntegration' }),
      },
      202: {
        description: 'Still in progress. Poll status_url, which shows the integration',
        body: z
          .object({ status: z.literal('disconnecting'), status_url: z.string() })
          .meta({ id: 'DeletingIntegration' }),
      },
    },
    problems: ['not_found', 'change_interrupted'],
    async handle({ tenantId, params: { integration_id }, query: { purge } }) {
      const key = { tenant_id: tenantId, integration_id };
      if (!(await readIntegration(warehouse, key))) throw new Problem('not_found');
      const isPurge = purge === 'true';
      const change = () => requestChange(temporal, key, disconnect, { purge: isPurge });
      const done = await startAndWait(temporal, change);
      const location = `/v1/integrations/${integration_id}`;
      if (!done) return json(202, { status: 'disconnecting' as const, status_url: location }, { location });
      const status = isPurge ? ('purged' as const) : ('disconnected' as const);
      return json(200, { id: integration_id, status });
    },
  });
