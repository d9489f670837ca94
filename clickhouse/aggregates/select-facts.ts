import type { DayRange } from '#domain/day.ts';
import { columnList, sql } from '../client/sql.ts';
import type { FactTable } from './fact-table.ts';

/** By dimension, the values to select; '' selects facts that are not attributed to any. */
export type Filters = Readonly<Record<string, readonly string[] | undefined>>;

type Selection = Pick<FactTable, 'table' | 'dimensions' | 'coarser' | 'counts'>;
/** `from`: SQL of the first day, where it is not that of the range. */
type Range = { from?: string; conditions?: readonly string[] };

/**
 * SQL that selects the filtered facts of a tenant's half-open UTC days [from, to): one row per fact or, where a coarser
 * group has all these columns, one row per group of a day.
 * @param columns the columns of a fact to select. Only these and the filtered ones are unfolded, since each costs a read
 */
export function selectFacts(table: Selection, columns: readonly string[], filters: Filters, range?: Range): string {
  const { counted, source } = factSource(table, columns, filters, range);
  const columnsOfDay = Object.keys(table.dimensions).filter((name) => table.dimensions[name] === 'day');
  const select = (name: string) => (counted[name] ? `${counted[name]} AS ${name}` : name);
  return sql`
    SELECT
      ${columnList(['day', ...columnsOfDay, ...[...new Set(columns)].map(select)])}
    ${source}`;
}

/** The same from its FROM on, and by column that counts facts its SQL: for a statement that needs no step of facts. */
export function factSource(
  { table, dimensions, coarser, counts }: Selection,
  columns: readonly string[],
  filters: Filters,
  { from = '{from: Date}', conditions = [] }: Range = {},
) {
  const filtered = filteredDimensions(filters);
  const unfolded = new Set([...columns, ...filtered.filter((name) => dimensions[name] === 'fact')]);
  const group = Object.keys(coarser).find((name) => [...unfolded].every((column) => coarser[name]?.includes(column)));
  const counted = Object.fromEntries(Object.entries(counts).filter(([name]) => !group && unfolded.has(name)));
  const unfold = (name: string) => (counted[name] ? [] : `${group ?? 'items'}.${name} AS ${name}`);
  const where = [
    'tenant_id = {tenant_id: String}',
    `day >= ${from}`,
    'day < {to: Date}',
    ...filtered.map((name) => `${name} IN {only_${name}: Array(String)}`),
    ...conditions,
  ];
  const source = sql`
    FROM ${table} FINAL
    ARRAY JOIN
      ${columnList([...unfolded].flatMap(unfold))}
    WHERE
      ${where.join('\nAND ')}`;
  return { counted, source };
}

/** The parameters of such SQL. */
export const factParameters = (tenantId: string, { from, to }: DayRange, filters: Filters) => ({
  tenant_id: tenantId,
  from,
  to,
  ...Object.fromEntries(filteredDimensions(filters).map((name) => [`only_${name}`, filters[name]])),
});

const filteredDimensions = (filters: Filters) => Object.keys(filters).filter((name) => filters[name]);
