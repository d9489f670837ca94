import { z } from 'zod';
import { readIntegration } from '../../clickhouse/integrations.ts';
import type { disconnectIntegration } from '../../workflows/disconnect-integration.ts';
import { disconnectId, TASK_QUEUE } from '../../workflows/ids.ts';
import type { Dependencies } from '../dependencies.ts';
import { viewIntegrations } from '../integration-view.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { within } from '../within.ts';

/** Disconnects: the key is destroyed, the data stay, or go too with `purge=true`. 202 where that takes a while. */
export const deleteIntegration = (dependencies: Dependencies) =>
  route({
    method: 'delete',
    path: '/integrations/:integration_id',
    params: z.object({ integration_id: z.string() }),
    query: z.strictObject({ purge: z.enum(['true', 'false'], 'must be true or false').default('false') }),
    async handle({ tenantId, params: { integration_id }, query: { purge } }) {
      const { warehouse, temporal } = dependencies;
      const key = { tenant_id: tenantId, integration_id };
      if (!(await readIntegration(warehouse, key))) throw new Problem('not_found');
      const erase = purge === 'true';
      const disconnecting = await temporal.workflow.start<typeof disconnectIntegration>('disconnectIntegration', {
        workflowId: `${disconnectId(key)}${erase ? '/purge' : ''}`,
        taskQueue: TASK_QUEUE,
        args: [{ ...key, erase }],
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `Disconnect OpenAI for ${tenantId}${erase ? ' and erase its data' : ''}`,
      });
      const done = await within(temporal, () => disconnecting.result().then(() => true));
      const location = `/v1/integrations/${integration_id}`;
      if (!done) return { status: 202, headers: { location }, body: { status: 'disconnecting', status_url: location } };
      if (erase) return { body: { id: integration_id, status: 'purged' } };
      return { body: (await viewIntegrations(dependencies, tenantId)).find(({ id }) => id === integration_id) };
    },
  });
