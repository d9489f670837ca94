import type { DayRange } from '#domain/day.ts';
import { columnList, sql } from '../client/sql.ts';
import type { FactTable } from './fact-table.ts';

/** By dimension, the values to select; '' selects facts that are not attributed to any. */
export type Filters = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * SQL that selects the filtered facts of a tenant's half-open UTC days [from, to): one row per fact or, where a coarser
 * group has all these columns, one row per group of a day.
 * @param columns the columns of a fact to select. Only these and the filtered ones are unfolded, since each costs a read
 * @param from SQL of the first day, where it is not that of the range
 */
export function selectFacts(
  { table, dimensions, coarser, counts }: Pick<FactTable, 'table' | 'dimensions' | 'coarser' | 'counts'>,
  columns: readonly string[],
  filters: Filters,
  { from = '{from: Date}', conditions = [] }: { from?: string; conditions?: readonly string[] } = {},
): string {
  const filtered = filteredDimensions(filters);
  const selected = new Set(columns);
  const unfolded = new Set([...columns, ...filtered.filter((name) => dimensions[name] === 'fact')]);
  const group = Object.keys(coarser).find((name) => [...unfolded].every((column) => coarser[name]?.includes(column)));
  const isCounted = (name: string) => !group && counts[name] !== undefined;
  const unfold = (name: string) => (isCounted(name) ? [] : `${group ?? 'items'}.${name} AS ${name}`);
  const select = (name: string) => (isCounted(name) ? `${counts[name]} AS ${name}` : name);
  const columnsOfDay = Object.keys(dimensions).filter((name) => dimensions[name] === 'day');
  const where = [
    'tenant_id = {tenant_id: String}',
    `day >= ${from}`,
    'day < {to: Date}',
    ...filtered.map((name) => `${name} IN {only_${name}: Array(String)}`),
    ...conditions,
  ];
  return sql`
    SELECT
      ${columnList(['day', ...columnsOfDay, ...[...selected].map(select)])}
    FROM ${table} FINAL
    ARRAY JOIN
      ${columnList([...unfolded].flatMap(unfold))}
    WHERE
      ${where.join('\nAND ')}`;
}

/** The parameters of such SQL. */
export const factParameters = (tenantId: string, { from, to }: DayRange, filters: Filters) => ({
  tenant_id: tenantId,
  from,
  to,
  ...Object.fromEntries(filteredDimensions(filters).map((name) => [`only_${name}`, filters[name]])),
});

const filteredDimensions = (filters: Filters) => Object.keys(filters).filter((name) => filters[name]);
