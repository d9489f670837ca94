import { sleep } from '@temporalio/workflow';
import type { IntegrationKey } from '#domain/integration.ts';
import { nameOf, type Slice, slicesByDataset } from '#domain/slice.ts';
import type { SyncMode } from '#domain/sync.ts';
import { isRefusal } from '../activities/activity-failure.ts';
import type { SyncSlices } from '../activities/activity-proxies.ts';
import type { trackProgress } from './sync-progress.ts';
import type { startReads } from './sync-reads.ts';

/** A refused key counts if it is still refused after this time: good keys have been refused for moments. */
const CONFIRM_REFUSAL_AFTER = '10 minutes';

type Sync = {
  input: IntegrationKey & { mode: SyncMode };
  reads: ReturnType<typeof startReads>;
  progress: ReturnType<typeof trackProgress>;
};

/**
 * Reads slices by one activity, and counts what they brought. Those that it could not read are retried by themselves,
 * each dataset in its own activity, until its retries end.
 */
export function sliceReader({ input, reads, progress }: Sync) {
  return async function readSlices(slices: Slice[], syncSlices: SyncSlices): Promise<void> {
    if (slices.length === 0) return;
    const summary = nameOf(slices);
    // Only costs judge the key: a usage endpoint may be refused for reasons of its own.
    const judgesKey = slices.every(({ dataset }) => dataset === 'costs');
    const run = () => syncSlices.executeWithOptions({ summary }, [{ ...input, slices }]);
    await reads.attempt(summary, { judgesKey }, async () => {
      const report = await (judgesKey ? confirmRefusal(run) : run());
      progress.count(report, slices.length);
      if (judgesKey) reads.countCosts(slices.length - report.failed.length);
      const failed = slicesByDataset(report.failed.map(({ slice }) => slice));
      await Promise.all(failed.map((its) => readSlices(its, syncSlices)));
    });
  };
}

async function confirmRefusal<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await sleep(CONFIRM_REFUSAL_AFTER);
    return run();
  }
}
