import { z } from 'zod';
import { DAY_MS, startOfDay } from '#domain/day.ts';
import { type Decimal, differByMoreThan, sumDecimals } from '#domain/decimal.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { TOLERANCE } from '#domain/reconciliation.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import type { Warehouse } from '../client/client.ts';
import { sql } from '../client/sql.ts';
import type { DayRow } from '../day-rows/day-row.ts';
import { unpackColumns } from '../day-rows/packed-columns.ts';
import { textsOf } from '../native/values.ts';
import { placeOf, type StoredDay } from './stored-days.ts';

/** Whether a row lacks a dimension that the stored day, which had ended, has: it would take keys or users away. */
export function isCoarser(row: DayRow, stored: StoredDay | undefined): boolean {
  if (!stored?.content_hash || stored.version < startOfDay(row.day) + DAY_MS) return false;
  const isUndivided = (dimension: string) =>
    stored.dropped_dimensions.includes(dimension) || (dimension === 'api_source' && !stored.has_api_source);
  return !row.dropped_dimensions.every(isUndivided);
}

const total = z.object({ dataset: z.string(), day: z.string(), items: z.number(), totals: z.array(z.string()) });
/** What is noted of a day that is kept. */
type Kept = Pick<DayRow, 'items' | 'content_hash' | 'dropped_dimensions'>;

/**
 * Of rows that are coarser than the stored days, those whose totals are the same: nothing has changed but what the
 * provider tells, so the finer day is kept.
 * @returns the days to keep, by `placeOf`
 */
export async function daysToKeep(
  warehouse: Warehouse,
  key: IntegrationKey,
  coarser: readonly DayRow[],
  stored: ReadonlyMap<string, StoredDay>,
): Promise<Map<string, Kept>> {
  const kept = new Map<string, Kept>();
  if (coarser.length === 0) return kept;
  const rows = await warehouse.query({
    name: 'totals of finer days',
    sql: sql`
      SELECT 'costs' AS dataset, day, toUInt32(length(items.amount)) AS items,
        [toString(provider_total), toString(arraySum(items.amount))] AS totals
      FROM cost_days FINAL
      WHERE ${OF_DAYS}
      UNION ALL
      SELECT dataset::String AS dataset, day, toUInt32(length(items.model)) AS items,
        [${USAGE_METRICS.map((metric) => `toString(arraySum(items.${metric}))`).join(', ')}] AS totals
      FROM usage_days FINAL
      WHERE ${OF_DAYS}`,
    params: { ...key, days: coarser.map(({ day }) => day) },
    row: total,
  });
  const finer = new Map(rows.map((row) => [placeOf(row), row]));
  for (const row of coarser) {
    const place = placeOf(row);
    const [day, known] = [stored.get(place), finer.get(place)];
    if (!day || !known) continue;
    const isSame = totalsOf(row).every((total, at) => !differByMoreThan(TOLERANCE, total, known.totals[at] ?? '0'));
    if (isSame) kept.set(place, { items: known.items, ...pick(day) });
  }
  return kept;
}

const OF_DAYS =
  'tenant_id = {tenant_id: String} AND integration_id = {integration_id: String} AND day IN {days: Array(Date)}';

const pick = ({ content_hash, dropped_dimensions }: StoredDay) => ({ content_hash, dropped_dimensions });

function totalsOf({ dataset, head, ...row }: DayRow): Decimal[] {
  const columns = unpackColumns(row.columns);
  const sumOf = (name: string): Decimal => {
    const [bytes] = columns.get(name)?.parts ?? [];
    return bytes ? sumDecimals(textsOf(bytes)) : '0';
  };
  if (dataset === 'costs') return [String(head.provider_total), sumOf('amount')];
  return USAGE_METRICS.map(sumOf);
}
