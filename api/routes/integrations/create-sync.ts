import { hash } from 'node:crypto';
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import { addDays, today } from '#domain/day.ts';
import { HISTORY_DAYS } from '#domain/sync.ts';
import { startRangeSync } from '#workflows/contract/commands.ts';
import { countRangeSyncs } from '#workflows/contract/counts.ts';
import { syncRangeId } from '#workflows/contract/ids.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { day, integrationId } from '../parameters.ts';
import { ACCEPTED_WITHIN_MS } from './deadline.ts';

const body = z
  .strictObject({ from: day, to: day })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from: the range is half-open' })
  .refine(({ from }) => from >= addDays(today(), -HISTORY_DAYS), {
    path: ['from'],
    message: `must be within the last ${HISTORY_DAYS} days`,
  })
  .refine(({ to }) => to <= addDays(today(), 1), { path: ['to'], message: 'must not be in the future' })
  .meta({ id: 'SyncRange' });
type Range = z.infer<typeof body>;

/** Of one tenant, in all its integrations. Reads are taken in turns between tenants, but workflows are not. */
const RUNNING_SYNCS = 50;

/** Reads the days of a range again. */
export const createSync = ({ warehouse, temporal }: Dependencies) =>
  route({
    method: 'post',
    path: '/integrations/:integration_id/syncs',
    scope: 'integrations:write',
    idempotent: true,
    operationId: 'createSync',
    summary: 'Creates a sync: reads the days of a range again, now',
    description:
      'Where the key was refused (`action_required`), tries it again first, by one request. A repeated request joins the sync while it runs. With the same `idempotency-key` it also refers to a sync that has ended, for as long as Temporal retains it: 30 days in production by default.',
    params: z.object({ integration_id: integrationId }),
    body,
    responses: {
      202: {
        description: 'The sync is running. status_url shows the integration',
        body: z.object({ workflow_id: z.string(), status_url: z.string(), from: day, to: day }).meta({ id: 'Sync' }),
      },
    },
    problems: [
      'invalid_json',
      'body_too_large',
      'not_found',
      'action_required',
      'idempotency_key_reused',
      'too_many_at_once',
    ],
    async handle({ tenantId, params: { integration_id }, body: range, idempotencyKey }) {
      const key = { tenant_id: tenantId, integration_id };
      const integration = await readIntegration(warehouse, key);
      if (!integration) throw new Problem('not_found');
      const idempotencyHash = idempotencyKey && hash('sha256', idempotencyKey, 'base64url').slice(0, 22);
      const workflowId = syncRangeId({ ...key, ...range }, idempotencyHash);
      await temporal.withDeadline(Date.now() + ACCEPTED_WITHIN_MS, async () => {
        if (idempotencyKey && (await isRepeated(temporal, workflowId, range))) return;
        if (integration.status === 'disconnected') throw new Problem('action_required');
        if ((await countRangeSyncs(temporal, tenantId)) >= RUNNING_SYNCS) throw tooManySyncs;
        await startRangeSync(temporal, { ...key, ...range }, idempotencyHash).catch(async (error) => {
          // A concurrent request with the same key has just started it.
          if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
          await isRepeated(temporal, workflowId, range);
        });
      });
      const location = `/v1/integrations/${integration_id}`;
      return json(202, { workflow_id: workflowId, status_url: location, ...range }, { location });
    },
  });

const tooManySyncs = new Problem('too_many_at_once', {
  detail: `${RUNNING_SYNCS} syncs of your organizations are running. Wait until some have ended.`,
});

/** Whether this sync exists already. @throws Problem idempotency_key_reused if it is a sync of another range */
async function isRepeated(temporal: Client, workflowId: string, { from, to }: Range): Promise<boolean> {
  try {
    const { memo } = await temporal.workflow.getHandle(workflowId).describe();
    if (memo?.from === from && memo?.to === to) return true;
    throw new Problem('idempotency_key_reused');
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
