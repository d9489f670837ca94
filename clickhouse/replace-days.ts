import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Warehouse } from './client.ts';
import type { IntegrationKey } from './integrations.ts';

/** What is read from OpenAI, a day at a time. */
export type Dataset = 'costs' | `usage/${string}`;

/** Where days go, and when their read began: unix milliseconds, taken before the first request. */
export type ReadTarget = IntegrationKey & { dataset: Dataset; version: number };

type Item = Record<string, unknown>;
type Day = { day: string; head: Record<string, unknown>; items: readonly Item[] }; // items in order

const tables = { costs: 'cost_days', usage: 'usage_days' } as const;

/**
 * Replaces the days that changed, whole, by one insert: readers see all of the old days or all of the new ones. Then
 * notes that all of them were read. In between a crash costs another read, never a wrong day: a day's latest read wins,
 * whoever writes last.
 * @returns how many days changed
 */
export async function replaceDays(warehouse: Warehouse, target: ReadTarget, days: readonly Day[]): Promise<number> {
  if (days.length === 0) return 0;
  const { tenant_id, integration_id, dataset, version } = target;
  const key = dataset === 'costs' ? { tenant_id, integration_id } : { tenant_id, integration_id, dataset };
  const table = dataset === 'costs' ? tables.costs : tables.usage;
  const stored = await storedHashes(warehouse, table, key, days);
  const changed = days
    .map(({ day, head, items }) => ({ ...key, day, version, ...head, ...columnsOf(items) }))
    .map((row) => ({ ...row, content_hash: contentHash(row) }))
    .filter((row) => stored.get(row.day) !== row.content_hash);
  if (changed.length > 0) await warehouse.insert(table, changed);
  await warehouse.insert(
    'day_reads',
    days.map(({ day, items }) => ({ tenant_id, integration_id, dataset, day, version, items: items.length })),
  );
  return changed.length;
}

/** OpenAI promises no order of its rows: in one of their own, the same rows are the same day. */
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
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

async function storedHashes(warehouse: Warehouse, table: string, key: Partial<ReadTarget>, days: readonly Day[]) {
  const rows = await warehouse.query({
    name: 'stored days',
    sql: `SELECT day, content_hash FROM ${table} FINAL
          WHERE ${Object.keys(key)
            .map((name) => `${name} = {${name}: String}`)
            .join(' AND ')}
            AND day IN {days: Array(Date)}`,
    params: { ...key, days: days.map(({ day }) => day) },
    row: z.object({ day: z.string(), content_hash: z.string() }),
  });
  return new Map(rows.map(({ day, content_hash }) => [day, content_hash]));
}
