import { log } from '@temporalio/activity';
import { toCostRow } from '#clickhouse/day-rows/cost-days.ts';
import { writeDays } from '#clickhouse/writes/write-days.ts';
import { addDays, type DayRange, dayAt } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Slice } from '#domain/slice.ts';
import type { SyncMode } from '#domain/sync.ts';
import { connectedIntegration } from '../context/current-integration.ts';
import type { Dependencies } from '../context/dependencies.ts';
import type { Reader } from './read-slice.ts';
import { disagreeingDays, toCostColumns, toCostDays } from './to-cost-days.ts';

type Context = Pick<Dependencies, 'warehouse' | 'admit' | 'sizes'>;

/** Costs of fewer bytes are read within a second or two. */
const LONG_READ_BYTES = 16 * 1024 * 1024;
/** A part of the days' bytes that an outline does not exceed: of a large organization it has a sixtieth. */
const MAX_SHARE = 1 / 10;
/** Days of which the first few have been read at most. */
const NEWEST_DAYS = 7;

/** Whether the newest days of a backfill are so large that people would wait for them. */
export function needsOutline({ sizes }: Context, key: IntegrationKey, mode: SyncMode, slice: Slice, now: number) {
  const isNewest = mode === 'backfill' && slice.dataset === 'costs' && slice.to > addDays(dayAt(now), -NEWEST_DAYS);
  return isNewest && sizes.isKnown(key, slice) && sizes.bytesOf(key, slice) > LONG_READ_BYTES;
}

/**
 * Stores days by project and line item alone, which is what people look at first. The days stay due, and are then read
 * with keys and users. Whatever fails here that read will meet, too.
 */
export async function writeOutline(
  { warehouse, admit, sizes }: Context,
  key: IntegrationKey,
  reader: Reader,
  slice: Slice,
): Promise<void> {
  try {
    await admit(sizes.bytesOf(key, slice) * MAX_SHARE, async () => {
      const rows = await readOutline(reader, slice);
      await connectedIntegration({ warehouse }, key);
      await writeDays(warehouse, key, rows);
    });
  } catch (error) {
    log.info('no outline of the newest days: they come with all dimensions', { reason: (error as Error).name });
  }
}

async function readOutline(
  { openai, adminKey, organizationId, clock, signal, region }: Reader,
  { from, to }: DayRange,
) {
  const version = clock();
  const window = { from, to, organization_id: organizationId, isOutline: true };
  const costs = await openai.costs(adminKey, window, { signal, region }).then(toCostColumns);
  const days = toCostDays(costs, await openai.totals(adminKey, costs, { signal, region }));
  const differing = new Set(disagreeingDays(days, dayAt(version)).map(({ day }) => day));
  return days
    .filter(({ day }, at) => !differing.has(day) && costs.days[at]?.isReported) // in the order of `costs.days`
    .map((day) => ({ ...toCostRow(version, day), isOutline: true }));
}
