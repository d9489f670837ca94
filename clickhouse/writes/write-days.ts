import { DAY_MS, startOfDay } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { type DayRow, EMPTY, OUTLINE } from '../day-rows/day-row.ts';
import { daysBlock } from '../day-rows/days-block.ts';
import { daysToKeep, isCoarser } from './keep-finer.ts';
import { placeOf, readStoredDays, type StoredDay } from './stored-days.ts';

export type WriteReport = {
  /** Days that were new or different from what was stored. */
  changed: DayRow[];
  /** Days that another read, which began later, has written: this one's are dropped. */
  lost: DayRow[];
  /** Days with facts that the provider left out this time: they stay as they are, and due. */
  leftOut: DayRow[];
  /** Days whose stored version is of the future: a worker's clock was ahead. They are written all the same. */
  ahead: DayRow[];
  /** Days that lack dimensions which the stored day has. Kept as they were where their totals are the same. */
  coarser: { kept: DayRow[]; written: DayRow[] };
};

/**
 * Replaces the days that changed, by one insert for costs and one for usage: readers see all old days or all new ones.
 * Then records what was read. The latest read wins, in whatever order they are written. A day that was stored before it
 * ended is written once more after that, even if it did not change: its version then says that the day is complete.
 */
export async function writeDays(
  warehouse: Warehouse,
  key: IntegrationKey,
  read: readonly DayRow[],
): Promise<WriteReport> {
  const none: WriteReport = { changed: [], lost: [], leftOut: [], ahead: [], coarser: { kept: [], written: [] } };
  if (read.length === 0) return none;
  const stored = await readStoredDays(warehouse, key, read);
  const storedOf = (row: DayRow) => stored.get(placeOf(row));
  const ahead = read.filter((row) => storedOf(row)?.is_ahead);
  const inTime = read.map((row) => (ahead.includes(row) ? afterStored(row, storedOf(row)) : row));
  const lost = inTime.filter((row) => (storedOf(row)?.read_version ?? 0) > row.version);
  const leftOut = inTime.filter((row) => row.isUnreported && storedOf(row)?.has_facts);
  const rows = inTime.filter((row) => !lost.includes(row) && !leftOut.includes(row));

  const coarser = rows.filter((row) => isCoarser(row, storedOf(row)));
  const kept = await daysToKeep(warehouse, key, coarser, stored);
  const noted = rows.map((row) => {
    const finer = kept.get(placeOf(row));
    return finer ? { ...row, ...finer } : row;
  });
  const changed = noted.filter((row) => row.content_hash !== contentOf(row, storedOf(row)));
  const written = noted.filter((row) => changed.includes(row) || endedSinceStored(row, storedOf(row)));

  await insertDays(warehouse, key, written);
  await insertDayReads(warehouse, key, noted);
  return {
    changed,
    lost,
    leftOut,
    ahead,
    coarser: {
      kept: coarser.filter((row) => kept.has(placeOf(row))),
      written: coarser.filter((row) => !kept.has(placeOf(row))),
    },
  };
}

async function insertDays(warehouse: Warehouse, key: IntegrationKey, rows: readonly DayRow[]): Promise<void> {
  const isOfCosts = ({ dataset }: DayRow) => dataset === 'costs';
  const costs = rows.filter(isOfCosts);
  const usage = rows.filter((row) => !isOfCosts(row));
  if (costs.length > 0) await warehouse.insertBlock('cost_days', daysBlock(key, costs));
  if (usage.length > 0) await warehouse.insertBlock('usage_days', daysBlock(key, usage));
}

async function insertDayReads(warehouse: Warehouse, key: IntegrationKey, rows: readonly DayRow[]): Promise<void> {
  const notes = rows.map(({ dataset, day, version, dropped_dimensions, items, content_hash, isOutline }) => ({
    ...key,
    ...{ dataset, day, version, dropped_dimensions, items },
    content_hash: isOutline ? OUTLINE : content_hash,
  }));
  if (notes.length > 0) await warehouse.insert('day_reads', notes);
}

const afterStored = (row: DayRow, stored?: StoredDay): DayRow => ({
  ...row,
  version: Math.max(stored?.read_version ?? 0, stored?.version ?? 0) + 1,
});

/** A day of usage without a row has no facts: reading none again changes nothing. */
const contentOf = ({ dataset }: DayRow, stored?: StoredDay) =>
  stored?.version ? stored.content_hash : dataset === 'costs' ? '' : EMPTY;

/** Whether the stored state was read before the day ended, and this one after. */
function endedSinceStored({ day, version }: DayRow, stored?: StoredDay): boolean {
  const end = startOfDay(day) + DAY_MS;
  return Boolean(stored?.version) && (stored?.version ?? 0) < end && version >= end;
}
