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
 * SQL steps `due` and `reads`, each of one row and one column: what `toFreshness` needs. The statement needs WITH_NAMES.
 * Parameters: tenant_id, from, to, and those above.
 */
export function freshnessSteps(question: FreshnessQuestion) {
  const { due, read } = coverageSql(question);
  return {
    due: sql`
      SELECT groupArray(${due.row}) AS due
      ${due.source}`,
    read: sql`
      SELECT ${read.row} AS read
      ${read.source}`,
    reads: sql`
      SELECT groupArray(read) AS reads
      FROM read`,
  };
}

/** The same as SELECTs of one row and one column each, an object of JSON with `due` or `reads`: for a UNION ALL. */
export function freshnessParts(question: FreshnessQuestion) {
  const { due, read } = coverageSql(question);
  return {
    due: sql`
      SELECT toJSONString(tuple(groupArray(${due.row}) AS due)) AS part
      ${due.source}`,
    reads: sql`
      SELECT toJSONString(tuple(groupArray(read) AS reads)) AS part
      FROM (
        SELECT ${read.row} AS read
        ${read.source}
      )`,
  };
}

/**
 * A row of what an integration should have and one of what it has, each a tuple, and where they come from. A day that
 * is stored counts as read, although its note in day_reads comes a moment later: so the days that are missing are
 * exactly those that the sums of the same statement lack. Each day of costs that was read is stored, so their notes are
 * not read at all.
 */
function coverageSql({ table, hasIntegrations, hasDatasets, compare, hasOpenDays }: FreshnessQuestion) {
  const ofTenant = hasIntegrations
    ? 'tenant_id = {tenant_id: String} AND integration_id IN {only_integration_id: Array(String)}'
    : 'tenant_id = {tenant_id: String}';
  const since = `day >= ${compare ? '{previous_from: Date}' : '{from: Date}'}`;
  const ofUsage = `${ofTenant} AND ${hasDatasets ? 'dataset IN {only_dataset: Array(String)}' : `dataset != 'costs'`}`;
  const storedUsage = sql`
    (
      SELECT integration_id, dataset::String AS dataset, day, version
      FROM day_reads FINAL
      WHERE ${ofUsage}
      UNION ALL
      SELECT integration_id, dataset::String AS dataset, day, version
      FROM usage_days FINAL
      WHERE ${ofUsage} AND ${since} AND day < {to: Date}
    )`;
  const storedCosts = sql`
    cost_days FINAL
    WHERE ${ofTenant}`;
  const isUsage = table === 'usage_days';
  const read = [
    'integration_id',
    isUsage ? 'dataset' : `'costs' AS dataset`,
    `maxIf(day, version >= ${endOfDay('day')}) AS through`,
    `groupUniqArrayIf(toUInt16(day), ${since}) AS days`,
    ...(hasOpenDays ? [`groupUniqArrayIf(toUInt16(day), ${since} AND version < ${endOfDay('day')}) AS open_days`] : []),
  ];
  return {
    due: {
      row: `tuple(integration_id, status, history_from, history_to, toDate(now('UTC')) AS today)`,
      source: sql`
        FROM integration_records FINAL
        WHERE ${ofTenant}`,
    },
    read: {
      row: sql`
        tuple(
          ${read.join(',\n')}
        )`,
      source: sql`
        FROM ${isUsage ? storedUsage : storedCosts}
        GROUP BY integration_id, dataset`,
    },
  };
}

/** With it, the tuples of a result are objects of JSON. */
export const WITH_NAMES = 'SETTINGS enable_named_columns_in_function_tuple = 1';
