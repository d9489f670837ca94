export type DayRange = { from: string; to: string };

/** By dimension, its values of which any is meant; '' is what is not attributed. */
export type CostFilters = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * In SQL: a tenant's cost facts of half-open UTC days, filtered; what follows FROM, up to GROUP BY. They have only the
 * columns that are named, since the table of days reads each column of its own.
 * @param columns the names that columns get, and their own
 */
export function filteredFacts(columns: Record<string, string>, filters: CostFilters): string {
  const asked = namesOf(filters);
  const unfolded = {
    ...columns,
    ...Object.fromEntries(asked.filter((name) => name !== 'integration_id').map((name) => [`asked_${name}`, name])),
  };
  const conditions = asked.map((name) => {
    const column = name === 'integration_id' ? name : `asked_${name}`;
    return `AND ${column} IN {only_${name}: Array(String)}`;
  });
  return `cost_days FINAL
    ARRAY JOIN ${Object.entries(unfolded)
      .map(([name, column]) => `items.${column} AS ${name}`)
      .join(', ')}
    WHERE tenant_id = {tenant_id: String} AND day >= {from: Date} AND day < {to: Date} ${conditions.join(' ')}`;
}

/** The parameters that such SQL has. */
export const factParameters = (tenantId: string, { from, to }: DayRange, filters: CostFilters) => ({
  tenant_id: tenantId,
  from,
  to,
  ...Object.fromEntries(namesOf(filters).map((name) => [`only_${name}`, filters[name]])),
});

const namesOf = (filters: CostFilters) => Object.keys(filters).filter((name) => filters[name]);
