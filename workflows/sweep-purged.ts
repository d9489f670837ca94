import { patched, sleep } from '@temporalio/workflow';
import { finishPurge, sweepLateWrites } from './activities/activity-proxies.ts';
import type { Purged } from './contract/messages.ts';
import { checkInput } from './input/check-input.ts';

/** Longer than an activity that Temporal has given up may run on, and the server take for its last insert. */
const AFTER_LATE_WRITES = '45 minutes';

/**
 * Waits until a purge's deletions are done, beside the integration's next changes. Then deletes what was written after it:
 * a worker that was cut off from Temporal may have had an insert in progress. What was read since then, by a new
 * connection of the organization, stays.
 */
export async function sweepPurged(purged: Purged): Promise<void> {
  checkInput(purged, ['tenant_id', 'integration_id', 'purged_at']);
  if (purged.purge_id && patched('waits')) await finishPurge(purged);
  await sleep(AFTER_LATE_WRITES);
  await sweepLateWrites(purged);
}
