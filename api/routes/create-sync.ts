import { z } from 'zod';
import { readIntegration } from '../../clickhouse/integrations.ts';
import { syncRangeId, TASK_QUEUE } from '../../workflows/ids.ts';
import type { syncRange } from '../../workflows/sync-range.ts';
import type { Dependencies } from '../dependencies.ts';
import { day, dayFromNow, integrationId } from '../parameters.ts';
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
    scope: 'integrations:write',
    operationId: 'createSync',
    summary: 'Reads the days of a range again, now',
    params: z.object({ integration_id: integrationId }),
    body,
    answers: {
      202: {
        description: 'The sync runs; status_url shows the integration',
        body: z.object({ workflow_id: z.string(), status_url: z.string(), from: day, to: day }),
      },
    },
    problems: ['invalid_json', 'body_too_large', 'not_found', 'action_required'],
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
      return { 202: { workflow_id: workflowId, status_url: location, ...range }, headers: { location } };
    },
  });
