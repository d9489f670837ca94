import { z } from 'zod';
import { readIntegration } from '../../clickhouse/integrations.ts';
import { syncRangeId, TASK_QUEUE } from '../../workflows/ids.ts';
import type { syncRange } from '../../workflows/sync-range.ts';
import { day, dayFromNow } from '../day-range.ts';
import type { Dependencies } from '../dependencies.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';

const body = z
  .strictObject({ from: day, to: day })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from: the range is half-open' })
  .refine(({ from }) => from >= dayFromNow(-365), {
    path: ['from'],
    message: 'must be within the year that OpenAI keeps',
  })
  .refine(({ to }) => to <= dayFromNow(1), { path: ['to'], message: 'must not be in the future' });

/** Reads the days of a range again, now. Asked for again while it runs, it is the same sync. */
export const createSync = ({ warehouse, temporal }: Dependencies) =>
  route({
    method: 'post',
    path: '/integrations/:integration_id/syncs',
    params: z.object({ integration_id: z.string() }),
    body,
    async handle({ tenantId, params: { integration_id }, body: range }) {
      const key = { tenant_id: tenantId, integration_id };
      const integration = await readIntegration(warehouse, key);
      if (!integration) throw new Problem('not_found');
      if (integration.status === 'action_required' || integration.status === 'disconnected') {
        throw new Problem('action_required');
      }
      const { workflowId } = await temporal.workflow.start<typeof syncRange>('syncRange', {
        workflowId: syncRangeId(key, range),
        taskQueue: TASK_QUEUE,
        args: [{ ...key, ...range }],
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `Read ${range.from} to ${range.to} again for ${tenantId}`,
      });
      const location = `/v1/integrations/${integration_id}`;
      return { status: 202, headers: { location }, body: { workflow_id: workflowId, status_url: location, ...range } };
    },
  });
