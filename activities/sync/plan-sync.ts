import { daysToSync } from '#clickhouse/coverage/due-days.ts';
import { type Dataset, USAGE_DATASETS } from '#domain/dataset.ts';
import { addDays, laterDay } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { toSlices } from '#domain/slice.ts';
import { HISTORY_DAYS, type SyncPlan, type SyncRange } from '#domain/sync.ts';
import { PAGE_DAYS, WINDOW_DAYS } from '#providers/reports/window.ts';
import { currentIntegration } from '../context/current-integration.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** More days than any history has. */
const EVER = 100_000;

/**
 * Plans the slices that a sync has to read, newest first, and the key to read them with. It starts from what the
 * warehouse has, so a run after a crash, an outage or a rotation reads only what is missing.
 * @param from first UTC day to consider; by default the start of the history, but no more than 365 days before `to`
 * @param to UTC day after the last one
 * @param reread which stored days are read again; the settings say until how many days after they ended
 */
export async function planSync(
  dependencies: Dependencies,
  { from, to, reread, ...key }: IntegrationKey & SyncRange,
): Promise<SyncPlan> {
  const { credential_id, history_from, status } = await currentIntegration(dependencies, key);
  const { reread_days, reread_days_weekly } = dependencies.rereading;
  const rereadDays = { none: 0, recent: reread_days, weekly: reread_days_weekly, all: EVER }[reread];
  // Beside a backfill, which reads the rest, a daily sync reads what it would read of a complete history.
  const isBeside = status === 'backfilling' && rereadDays > 0;
  const first = from ?? laterDay(history_from, addDays(to, isBeside ? -1 - rereadDays : -HISTORY_DAYS));
  const due = await daysToSync(dependencies.warehouse, key, {
    datasets: ['costs', ...USAGE_DATASETS],
    from: first,
    to,
    rereadDays,
  });
  // Days that are read again are being queried. Long slices mean few inserts, and few moments at which sums change.
  const longest = rereadDays > 0 ? WINDOW_DAYS : PAGE_DAYS;
  const slicesOf = (dataset: Dataset) => toSlices(dataset, due.get(dataset) ?? [], longest);
  const costDays = due.get('costs') ?? [];
  return {
    // The newest month is what people look at first; a page of costs may hold more days than one of usage.
    costs: [
      ...toSlices('costs', costDays.slice(0, longest), longest),
      ...toSlices('costs', costDays.slice(longest), WINDOW_DAYS),
    ],
    usage: USAGE_DATASETS.flatMap(slicesOf),
    credential_id,
    is_stopped: status === 'action_required',
    // Once a week all keys are listed, since one may have been renamed.
    unnamed_since: reread === 'weekly' ? null : laterDay(first, addDays(to, -1 - (rereadDays || EVER))),
  };
}
