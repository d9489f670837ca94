import { sql } from '../client/sql.ts';
import { endOfDay } from './day-sql.ts';

export type FreshnessQuestion = {
  table: 'cost_days' | 'usage_days';
  /** Whether integrations are selected, by the parameter `only_integration_id`; else all of the tenant. */
  hasIntegrations: boolean;
  /** Whether datasets of usage are selected, by the parameter `only_dataset`; else those that were ever read. */
  hasDatasets: boolean;
  /** Whether the previous range counts too, from the parameter `previous_from`. */
  compare: boolean;
  /** Whether the stored days that had not ended when they were read are told, too. */
  hasOpenDays?: boolean;
};

/**
 * SQL steps `due` and `reads`, each of one row and one column: what `toFreshness` needs. A day that is stored counts as
 * read, although its note in day_reads comes a moment later: so the days that are missing are exactly those that the
 * sums of the same statement lack. Each day of costs that was read is stored, so their notes are not read at all.
 * The statement needs WITH_NAMES. Parameters: tenant_id, from, to, and those above.
 */
export function freshnessSteps({ table, hasIntegrations, hasDatasets, compare, hasOpenDays }: FreshnessQuestion) {
  const ofTenant = hasIntegrations
    ? 'tenant_id = {tenant_id: String} AND integration_id IN {only_integration_id: Array(String)}'
    : 'tenant_id = {tenant_id: String}';
  const since = `day >= ${compare ? '{previous_from: Date}' : '{from: Date}'}`;
  const inRange = `${since} AND day < {to: Date}`;
  const ofUsage = `${ofTenant} AND ${hasDatasets ? 'dataset IN {only_dataset: Array(String)}' : `dataset != 'costs'`}`;
  const storedUsage = sql`
    (
      SELECT integration_id, dataset::String AS dataset, day, version
      FROM day_reads FINAL
      WHERE ${ofUsage}
      UNION ALL
      SELECT integration_id, dataset::String AS dataset, day, version
      FROM usage_days FINAL
      WHERE ${ofUsage} AND ${inRange}
    )`;
  const storedCosts = sql`
    cost_days FINAL
    WHERE ${ofTenant}`;
  const isUsage = table === 'usage_days';
  return {
    due: sql`
      SELECT groupArray(tuple(integration_id, status, history_from, history_to, toDate(now('UTC')) AS today)) AS due
      FROM integration_records FINAL
      WHERE ${ofTenant}`,
    read: sql`
      SELECT
        integration_id,
        ${isUsage ? 'dataset' : `'costs' AS dataset`},
        maxIf(day, version >= ${endOfDay('day')}) AS through,
        ${hasOpenDays ? `groupUniqArrayIf(toUInt16(day), ${since} AND version < ${endOfDay('day')}) AS open_days,` : ''}
        groupUniqArrayIf(toUInt16(day), ${since}) AS days
      FROM ${isUsage ? storedUsage : storedCosts}
      GROUP BY integration_id, dataset`,
    reads: sql`
      SELECT groupArray(tuple(integration_id, dataset, through, days${hasOpenDays ? ', open_days' : ''})) AS reads
      FROM read`,
  };
}

/** With it, the tuples of a result are objects of JSON. */
export const WITH_NAMES = 'SETTINGS enable_named_columns_in_function_tuple = 1';
