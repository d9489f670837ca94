import { patched, sleep, workflowInfo } from '@temporalio/workflow';
import type { IntegrationKey } from '#domain/integration.ts';
import { nameOf, type Slice, slicesByDataset } from '#domain/slice.ts';
import type { SyncMode } from '#domain/sync.ts';
import { failureType, isRefusal } from '../activities/activity-failure.ts';
import type { SyncSlices } from '../activities/activity-proxies.ts';
import type { trackProgress } from './sync-progress.ts';
import type { startReads } from './sync-reads.ts';

/** A refused key counts if it is still refused after this time: good keys have been refused for moments. */
const CONFIRM_REFUSAL_AFTER = '10 minutes';

/** What our own warehouse refuses for longer is left to the next daily sync, which is due then. */
const OUTLAST_WAREHOUSE_MS = 20 * 60 * 60_000;

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
    const run = () => outlastWarehouse(() => syncSlices.executeWithOptions({ summary }, [{ ...input, slices }]));
    await reads.attempt(summary, { judgesKey }, async () => {
      const report = await (judgesKey ? confirmRefusal(run) : run());
      progress.count(report, slices.length);
      if (judgesKey) reads.countCosts(slices.length - report.failed.length);
      const failed = slicesByDataset(report.failed.map(({ slice }) => slice));
      await Promise.all(failed.map((its) => readSlices(its, syncSlices)));
    });
  };
}

/** The attempts of a read are meant for OpenAI's outages. Those of the warehouse, which delay all tenants, end none. */
async function outlastWarehouse<T>(run: () => Promise<T>): Promise<T> {
  const until = workflowInfo().startTime.getTime() + OUTLAST_WAREHOUSE_MS;
  for (;;) {
    try {
      return await run();
    } catch (error) {
      const isAway = failureType(error) === 'warehouse_unavailable' && Date.now() < until;
      if (!isAway || !patched('outlast-warehouse')) throw error;
    }
  }
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
