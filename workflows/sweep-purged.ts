import { sleep } from '@temporalio/workflow';
import type { IntegrationKey } from '#domain/integration.ts';
import { sweepLateWrites } from './activities/activity-proxies.ts';
import { checkInput } from './input/check-input.ts';

/** Longer than an activity that Temporal has given up may run on, and the server take for its last insert. */
const AFTER_LATE_WRITES = '45 minutes';

/**
 * Deletes what was written after a purge: a worker that was cut off from Temporal may have had an insert in progress.
 * What was read since then, by a new connection of the organization, stays.
 * @param purged_at unix milliseconds
 */
export async function sweepPurged(purge: IntegrationKey & { purged_at: number }): Promise<void> {
  checkInput(purge, ['tenant_id', 'integration_id', 'purged_at']);
  await sleep(AFTER_LATE_WRITES);
  await sweepLateWrites(purge);
}
