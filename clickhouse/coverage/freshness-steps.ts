import { z } from 'zod';
import { sql } from '../client/sql.ts';
import { DUE_TO, endOfDay } from './day-sql.ts';

/** How far a tenant's data can be trusted. */
export const freshness = z.object({
  /** The newest day that every selected integration and dataset has read after its end; null if there is none. */
  synced_through: z.string().nullable(),
  /** Days that at least one of them should have and does not. */
  missing_days: z.array(z.string()),
  /** The same of the previous range, for integrations that have history in this one; none unless it is compared. */
  missing_before: z.array(z.string()),
  /** The first day that any of them has; null without one. */
  history_start: z.string().nullable(),
  /** How many of the selected integrations there are. */
  integrations_found: z.number(),
});
export type Freshness = z.infer<typeof freshness>;

export type FreshnessQuestion = {
  table: 'cost_days' | 'usage_days';
  /** Whether integrations are selected, by the parameter `only_integration_id`; else all of the tenant. */
  hasIntegrations: boolean;
  /** Whether datasets of usage are selected, by the parameter `only_dataset`; else those that were ever read. */
  hasDatasets: boolean;
  /** Whether the previous range counts too, from the parameter `previous_from`. */
  compare: boolean;
};

/**
 * SQL steps whose last one, `freshness`, has one row. Disconnected integrations do not hold back `synced_through`, but
 * the missing days of their history are reported. A day that is stored counts as read, although its note in day_reads
 * comes a moment later: so the days that are missing are exactly those that the sums of the same statement lack.
 * Parameters: tenant_id, from, to, and those below.
 */
export function freshnessSteps({ table, hasIntegrations, hasDatasets, compare }: FreshnessQuestion) {
  const ofTenant = hasIntegrations
    ? 'tenant_id = {tenant_id: String} AND integration_id IN {only_integration_id: Array(String)}'
    : 'tenant_id = {tenant_id: String}';
  const isUsage = table === 'usage_days';
  const first = compare ? '{previous_from: Date}' : '{from: Date}';
  const ofUsage = hasDatasets ? 'dataset IN {only_dataset: Array(String)}' : `dataset != 'costs'`;
  const inRange = `day >= ${first} AND day < {to: Date}`;
  return {
    due: sql`
      SELECT
        integration_id, status != 'disconnected' AS is_connected, history_from, ${DUE_TO}${hasDatasets ? ', dataset' : ''}
      FROM integration_records FINAL
      ${hasDatasets ? 'ARRAY JOIN {only_dataset: Array(String)} AS dataset' : ''}
      WHERE ${ofTenant}`,
    stored: sql`
      SELECT integration_id, dataset::String AS dataset, day, version
      FROM day_reads FINAL
      WHERE ${ofTenant} AND ${isUsage ? ofUsage : `dataset = 'costs'`}
      UNION ALL
      SELECT integration_id, ${isUsage ? 'dataset::String' : `'costs'`} AS dataset, day, version
      FROM ${table} FINAL
      WHERE ${ofTenant} AND ${inRange}${isUsage ? ` AND ${ofUsage}` : ''}`,
    read: sql`
      SELECT
        integration_id,
        dataset,
        maxIf(day, version >= ${endOfDay('day')}) AS through,
        max(day) + 1 AS read_to,
        groupUniqArrayIf(day, ${inRange}) AS days
      FROM stored
      GROUP BY integration_id, dataset`,
    // A row per integration and dataset, even if the dataset was never read.
    expected: sql`
      SELECT integration_id, is_connected, history_from, through, days, greatest(due_to, read_to) AS end
      FROM due
      LEFT JOIN read USING (integration_id${hasDatasets ? ', dataset' : ''})`,
    freshness: sql`
      SELECT
        nullIf(if(countIf(is_connected) > 0, minIf(through, is_connected), min(through)), toDate(0)) AS synced_through,
        ${MISSING_DAYS} AS missing_days,
        ${compare ? missing(FIRST_BEFORE, '{from: Date}') : '[]::Array(Date)'} AS missing_before,
        nullIf(min(history_from), toDate(0)) AS history_start,
        toUInt32(uniqExact(integration_id)) AS integrations_found
      FROM expected`,
  };
}

/**
 * SQL of the first day that the previous range should have: an integration with history before the end of this range is
 * expected to have all of it, also the days before its history.
 */
const FIRST_BEFORE =
  'if(history_from < {to: Date}, {previous_from: Date}, greatest(history_from, {previous_from: Date}))';

function missing(first: string, to: string): string {
  return sql`
    arraySort(groupUniqArrayArray(arrayFilter(
      day -> NOT has(days, day),
      arrayMap(offset -> ${first} + offset, range(toUInt64(greatest(0, dateDiff('day', ${first}, least(end, ${to}))))))
    )))`;
}

/** SQL of the missing days of what is selected from the step `expected`. */
export const MISSING_DAYS = missing('greatest(history_from, {from: Date})', '{to: Date}');
