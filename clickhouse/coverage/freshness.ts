import type { Day, DayRange } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { freshnessSteps, WITH_NAMES } from './freshness-steps.ts';
import { coverage, type Freshness, toFreshness } from './to-freshness.ts';

type Selection = DayRange & {
  /** All of the tenant's by default. */
  integrations?: readonly string[] | undefined;
  /** With it, `missing_before` is of the days from it on to `from`. */
  previous_from?: Day;
};

/** The freshness of a tenant's costs over the half-open UTC days [from, to), by itself. */
export async function readFreshness(
  warehouse: Warehouse,
  tenantId: string,
  { from, to, integrations, previous_from }: Selection,
): Promise<Freshness> {
  const [row] = await warehouse.query({
    name: 'freshness',
    sql: withSteps(
      freshnessSteps({
        table: 'cost_days',
        hasIntegrations: Boolean(integrations),
        hasDatasets: false,
        compare: previous_from !== undefined,
      }),
      sql`
        SELECT due, reads
        FROM due
        CROSS JOIN reads
        ${WITH_NAMES}`,
    ),
    params: {
      ...{ tenant_id: tenantId, from, to },
      ...(integrations && { only_integration_id: integrations }),
      ...(previous_from && { previous_from }),
    },
    row: coverage,
  });
  if (!row) throw new Error('ClickHouse returned no row for the freshness, which has exactly one.');
  return toFreshness(row, { from, to, ...(previous_from && { previous_from }) });
}
