import { z } from 'zod';
import type { Dataset } from '#domain/dataset.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { sql } from '../client/sql.ts';
import type { DayRow } from '../day-rows/day-row.ts';
import { AHEAD } from './ahead.ts';

const storedDay = z.object({
  dataset: z.string(),
  day: z.string(),
  /** 0 where no row is stored. */
  version: z.coerce.number(),
  /** '' where no row is stored, or a cost day's revision is missing: such a day has to be written. */
  content_hash: z.string(),
  dropped_dimensions: z.array(z.string()),
  /** Whether its facts are divided by API source: older versions did not read it. */
  has_api_source: z.boolean(),
  has_facts: z.boolean(),
  /** When the day's latest read began, even if it changed nothing; 0 where it was never read. */
  read_version: z.coerce.number(),
  /** Whether that read is of the future: a clock was wrong. */
  is_ahead: z.boolean(),
});
export type StoredDay = z.infer<typeof storedDay>;

/** Where a day stands in a map of days of several datasets. */
export const placeOf = ({ dataset, day }: { dataset: string; day: string }) => `${dataset} ${day}`;

const OF_KEY = 'tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}';
const OF_DAYS = `${OF_KEY} AND day >= {from: Date} AND day <= {to: Date}`;

const WHAT_IT_HAS = `arrayExists(source -> source != '', items.api_source) AS has_api_source, notEmpty(items.project_id) AS has_facts`;

// The revision is written by a materialized view after the day itself, so a crash or an error can leave it out.
const COST_DAYS = `
  SELECT 'costs' AS dataset, day, version, if(revised.version = version, content_hash, '') AS content_hash,
    dropped_dimensions, has_api_source, has_facts
  FROM
  (
    SELECT day, version, content_hash, dropped_dimensions, ${WHAT_IT_HAS} FROM cost_days FINAL WHERE ${OF_DAYS}
  ) AS costs
  LEFT JOIN (SELECT day, max(version) AS version FROM cost_day_revisions WHERE ${OF_DAYS} GROUP BY day) AS revised
    USING (day)`;
const USAGE_DAYS = `
  SELECT dataset::String AS dataset, day, version, content_hash, dropped_dimensions, ${WHAT_IT_HAS}
  FROM usage_days FINAL
  WHERE ${OF_DAYS} AND dataset IN {datasets: Array(String)}`;

/** What the warehouse has of these days, by `placeOf`. */
export async function readStoredDays(
  warehouse: Warehouse,
  key: IntegrationKey,
  days: readonly DayRow[],
): Promise<Map<string, StoredDay>> {
  const dates = days.map(({ day }) => day).sort();
  const datasets = [...new Set(days.map(({ dataset }) => dataset))];
  const tables = [...(datasets.includes('costs') ? [COST_DAYS] : []), ...(datasets.some(isUsage) ? [USAGE_DAYS] : [])];
  const rows = await warehouse.query({
    name: 'stored days',
    sql: sql`
      SELECT dataset, day, stored.version AS version, content_hash, dropped_dimensions, toBool(has_api_source) AS has_api_source,
        toBool(has_facts) AS has_facts, reads.version AS read_version,
        toBool(greatest(read_version, stored.version) > ${AHEAD}) AS is_ahead
      FROM (${tables.join('\nUNION ALL\n')}) AS stored
      FULL JOIN
      (
        SELECT dataset::String AS dataset, day, version
        FROM day_reads FINAL
        WHERE ${OF_DAYS} AND dataset IN {datasets: Array(String)}
      ) AS reads USING (dataset, day)`,
    params: { ...key, datasets, from: dates[0], to: dates.at(-1) },
    row: storedDay,
  });
  return new Map(rows.map((row) => [placeOf(row), row]));
}

const isUsage = (dataset: Dataset) => dataset !== 'costs';
