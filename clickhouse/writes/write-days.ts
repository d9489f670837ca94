import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Dataset } from '#domain/dataset.ts';
import { DAY_MS, startOfDay } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

/** What the days belong to, and when they were read. `version`: unix milliseconds, taken before the first request. */
export type ReadTarget = IntegrationKey & { dataset: Dataset; version: number };

type Item = Record<string, unknown>;
type Head = Record<string, unknown> & { dropped_dimensions: readonly string[] };
/** `head` are the columns that the day has once; items are in order. */
type Day = { day: string; head: Head; items: readonly Item[] };

const tables = { costs: 'cost_days', usage: 'usage_days' } as const;

/**
 * Replaces the days that changed, by one insert: readers see all old days or all new ones. Then records that all were
 * read. The latest read wins, in whatever order they are written. A day that was stored before it ended is written once
 * more after that, even if it did not change: its version then says that the day is complete.
 * @returns how many days changed
 */
export async function replaceDays(warehouse: Warehouse, target: ReadTarget, days: readonly Day[]): Promise<number> {
  if (days.length === 0) return 0;
  const { tenant_id, integration_id, dataset, version } = target;
  const key = dataset === 'costs' ? { tenant_id, integration_id } : { tenant_id, integration_id, dataset };
  const table = dataset === 'costs' ? tables.costs : tables.usage;
  const stored = await storedDays(warehouse, table, target, days);
  const rows = days
    .map(({ day, head, items }) => ({ ...key, day, version, ...head, ...columnsOf(items) }))
    .map((row) => ({ ...row, content_hash: contentHash(row) }))
    .filter((row) => (stored.get(row.day)?.read_version ?? 0) <= version);
  const changed = rows.filter((row) => stored.get(row.day)?.content_hash !== row.content_hash);
  const written = rows.filter((row) => changed.includes(row) || endedSinceStored(row, stored.get(row.day)));
  if (written.length > 0) await warehouse.insert(table, written);
  await warehouse.insert(
    'day_reads',
    days.map(({ day, head: { dropped_dimensions }, items }) => {
      return { tenant_id, integration_id, dataset, day, version, items: items.length, dropped_dimensions };
    }),
  );
  return changed.length;
}

/** Sorts items by their content. OpenAI promises no order, and the same items must give the same content hash. */
export function inOrder<T extends object>(items: readonly T[]): T[] {
  const texts = items.map((item) => ({ item, text: JSON.stringify(item) }));
  return texts.sort((a, b) => (a.text < b.text ? -1 : 1)).map(({ item }) => item);
}

/** Rows as the parallel arrays of a Nested column. */
function columnsOf(items: readonly Item[]): Record<string, unknown[]> {
  const names = Object.keys(items[0] ?? {});
  return Object.fromEntries(names.map((name) => [`items.${name}`, items.map((item) => item[name])]));
}

function contentHash({ version: _, ...content }: Record<string, unknown>): string {
  return hash('sha256', JSON.stringify(content), 'base64url');
}

/** Whether the stored state was read before the day ended, and this one after. */
function endedSinceStored({ day, version }: { day: string; version: number }, stored?: StoredDay): boolean {
  const end = startOfDay(day) + DAY_MS;
  return stored !== undefined && stored.version < end && version >= end;
}

const storedDay = z.object({
  day: z.string(),
  version: z.coerce.number(),
  content_hash: z.string(),
  /** When the day's latest read began, even if it changed nothing. */
  read_version: z.coerce.number(),
});
type StoredDay = z.infer<typeof storedDay>;

async function storedDays(
  warehouse: Warehouse,
  table: string,
  { tenant_id, integration_id, dataset }: ReadTarget,
  days: readonly Day[],
): Promise<Map<string, StoredDay>> {
  const isOfIntegration = 'tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}';
  const isOfDataset = 'dataset = {dataset: String}';
  const rows = await warehouse.query({
    name: 'stored days',
    sql: `SELECT day, stored.version AS version, content_hash, read.version AS read_version
          FROM (SELECT day, version, content_hash FROM ${table} FINAL
                WHERE ${isOfIntegration} AND ${dataset === 'costs' ? 'true' : isOfDataset} AND day IN {days: Array(Date)}) AS stored
          LEFT JOIN (SELECT day, version FROM day_reads FINAL
                     WHERE ${isOfIntegration} AND ${isOfDataset} AND day IN {days: Array(Date)}) AS read USING (day)`,
    params: { tenant_id, integration_id, dataset, days: days.map(({ day }) => day) },
    row: storedDay,
  });
  return new Map(rows.map((row) => [row.day, row]));
}
