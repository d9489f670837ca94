import { log } from '@temporalio/activity';
import type { DayRow } from '#clickhouse/day-rows/day-row.ts';
import { writeDays } from '#clickhouse/writes/write-days.ts';
import type { Day } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { connectedIntegration } from '../context/current-integration.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { countDays } from './count-days.ts';

/** Days are held until they are as many as the worker allows, or for so long: a killed worker loses little. */
const HELD_MS = 10_000;
/** Writes on their way, each of days of its own. Most of a write is waiting: pages are read meanwhile. */
const WRITES = 2;

export type Written = { days: number; facts: number; changed: number };

/** Writes the days of many slices by few inserts. */
export function dayWriter(dependencies: Pick<Dependencies, 'warehouse' | 'heldDays'>, key: IntegrationKey) {
  const { warehouse, heldDays } = dependencies;
  const written: Written = { days: 0, facts: 0, changed: 0 };
  let held: DayRow[] = [];
  let flushedAt = performance.now();
  const writing = new Set<Promise<void>>();

  async function flush(): Promise<void> {
    const rows = held;
    held = [];
    flushedAt = performance.now();
    if (rows.length === 0) return;
    const one = write(rows).finally(() => writing.delete(one));
    writing.add(one);
    await one;
  }

  async function write(rows: readonly DayRow[]): Promise<void> {
    await connectedIntegration(dependencies, key);
    const { changed, lost, leftOut, ahead, coarser } = await writeDays(warehouse, key, rows);
    written.days += rows.length;
    written.facts += factsOf(rows);
    written.changed += changed.length;
    countDays(rows, { changed, lost });
    if (lost.length > 0) log.info('days that a later read has written are left as they are', { days: daysOf(lost) });
    if (leftOut.length > 0) log.error('OpenAI left out days that have facts: they stay', { days: daysOf(leftOut) });
    if (ahead.length > 0) {
      log.error('days are stored with a time in the future: correct the clocks', { days: daysOf(ahead) });
    }
    if (coarser.kept.length > 0) {
      log.info('OpenAI told less than before; the finer days are kept', { days: daysOf(coarser.kept) });
    }
    if (coarser.written.length > 0) {
      log.warn('days changed and OpenAI tells less than before', { days: daysOf(coarser.written) });
    }
  }

  return {
    written,
    flush,
    /** Takes days, and writes when they were held for long, or are many. Waits where the warehouse is behind. */
    async add(rows: readonly DayRow[]): Promise<void> {
      while (writing.size >= WRITES) await Promise.race(writing).catch(() => {}); // whoever began it hears of it
      held.push(...rows);
      if (bytesOf(held) >= heldDays.share() || performance.now() - flushedAt >= HELD_MS) await flush();
    },
  };
}

const factsOf = (rows: readonly DayRow[]) => rows.reduce((sum, { items }) => sum + items, 0);
const bytesOf = (rows: readonly DayRow[]) => rows.reduce((sum, { bytes }) => sum + bytes, 0);
const daysOf = (rows: readonly DayRow[]): Day[] => rows.map(({ dataset, day }) => `${dataset} ${day}`);
