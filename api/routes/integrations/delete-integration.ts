import { z } from 'zod';
import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { changeIntegration } from '#workflows/change-integration.ts';
import { changeId, TASK_QUEUE } from '#workflows/contract/ids.ts';
import type { Disconnection } from '#workflows/contract/messages.ts';
import { integrationId } from '../../http/parameters.ts';
import { route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { within } from './deadline.ts';

const PATIENCE_MS = 5_000;

/** Disconnects: the key is destroyed, the data stay, or go too with `purge=true`. 202 where that takes a while. */
export const deleteIntegration = ({ warehouse, temporal }: Dependencies) =>
  route({
    method: 'delete',
    path: '/integrations/:integration_id',
    scope: 'integrations:write',
    operationId: 'deleteIntegration',
    summary: 'Disconnects an organization: its key is destroyed; its data stay, or are erased too',
    params: z.object({ integration_id: integrationId }),
    query: z.strictObject({
      purge: z
        .enum(['true', 'false'], 'must be true or false')
        .default('false')
        .meta({ description: 'Whether the data are erased too' }),
    }),
    answers: {
      200: {
        description: 'It is disconnected, or purged: nothing of it is left',
        body: z.object({ id: z.string(), status: z.enum(['disconnected', 'purged']) }),
      },
      202: {
        description: 'It takes a while: status_url shows the integration',
        body: z.object({ status: z.literal('disconnecting'), status_url: z.string() }),
      },
    },
    problems: ['not_found'],
    async handle({ tenantId, params: { integration_id }, query: { purge } }) {
      const key = { tenant_id: tenantId, integration_id };
      if (!(await readIntegration(warehouse, key))) throw new Problem('not_found');
      const erase = purge === 'true';
      // A signal is durable, and waits for its turn: nothing is connected or disconnected at the same time.
      const changing = await temporal.withDeadline(Date.now() + PATIENCE_MS, () =>
        temporal.workflow.signalWithStart<typeof changeIntegration, [Disconnection]>('changeIntegration', {
          workflowId: changeId(key),
          taskQueue: TASK_QUEUE,
          args: [key],
          signal: 'disconnect',
          signalArgs: [{ erase }],
          staticSummary: `Changes of OpenAI's connection for ${tenantId}`,
        }),
      );
      const done = await within(temporal, () => changing.result().then(() => true));
      const location = `/v1/integrations/${integration_id}`;
      if (!done) return { 202: { status: 'disconnecting' as const, status_url: location }, headers: { location } };
      const status = erase ? ('purged' as const) : ('disconnected' as const);
      return { 200: { id: integration_id, status } };
    },
  });
