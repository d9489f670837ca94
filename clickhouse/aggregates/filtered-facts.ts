import type { DayRange } from '#domain/day.ts';
import type { Facts } from './fact-table.ts';

/** By dimension, its values of which any is meant; '' is what is not attributed. */
export type Filters = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * In SQL: a tenant's facts of half-open UTC days, filtered; what follows FROM, up to GROUP BY. Of a fact's columns it
 * has those that are named and filtered by, since each one that is unfolded is read.
 * @param first the first day, where it is not that of the range
 */
export function filteredFacts(
  { table, dimensions }: Pick<Facts, 'table' | 'dimensions'>,
  columns: readonly string[],
  filters: Filters,
  first = '{from: Date}',
): string {
  const asked = namesOf(filters);
  const unfolded = new Set([...columns, ...asked.filter((name) => dimensions[name] === 'fact')]);
  return `${table} FINAL
    ARRAY JOIN ${[...unfolded].map((name) => `items.${name} AS ${name}`).join(', ')}
    WHERE tenant_id = {tenant_id: String} AND day >= ${first} AND day < {to: Date}
      ${asked.map((name) => `AND ${name} IN {only_${name}: Array(String)}`).join(' ')}`;
}

/** The parameters that such SQL has. */
export const factParameters = (tenantId: string, { from, to }: DayRange, filters: Filters) => ({
  tenant_id: tenantId,
  from,
  to,
  ...Object.fromEntries(namesOf(filters).map((name) => [`only_${name}`, filters[name]])),
});

const namesOf = (filters: Filters) => Object.keys(filters).filter((name) => filters[name]);
