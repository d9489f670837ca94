import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { TOLERANCE_SQL } from './day-sql.ts';
import { NOTHING, type Reconciliation, reconciliation, reconciliationSteps } from './reconcile.ts';

/** Of the newest days: a caller shows them, and SQL has all. */
const MOST_DIFFERENCES = 100;
const MOST_RESTATEMENTS = 1000;

const ofDay = { integration_id: z.string(), organization_name: z.string(), day: z.iso.date() };

const dayDifference = z
  .object({ ...ofDay, currency: z.string(), ours: z.string(), theirs: z.string(), difference: z.string() })
  .meta({ id: 'DayDifference' });

const dayRestatement = z
  .object({
    ...ofDay,
    restated_at: z.iso
      .datetime()
      .meta({ description: 'When a read last found that the day had changed after its end' }),
    currency: z.string().nullable().meta({ description: 'Null where the day has several' }),
    restated_from: z.string().nullable().meta({ description: 'The sum of the day before; null in several currencies' }),
    restated_to: z.string().nullable().meta({ description: 'The sum after it; null in several currencies' }),
  })
  .meta({ id: 'DayRestatement' });

const found = {
  compared_days: z.int().meta({ description: 'Days that had ended when they were read, of each integration' }),
  differences: z
    .array(dayDifference)
    .meta({ description: `The newest ${MOST_DIFFERENCES} of them that do not add up, newest first` }),
  restated_days: z.int().meta({
    description: 'All days that OpenAI changed after their end, of each integration; `restatements` has the newest',
  }),
  restatements: z
    .array(dayRestatement)
    .meta({ description: `The newest ${MOST_RESTATEMENTS} days that OpenAI changed after their end, newest first` }),
};
export const rangeReconciliation = z.object({ reconciliation, ...found });
type RangeReconciliation = z.infer<typeof rangeReconciliation>;

type Selection = DayRange & { integrations?: readonly string[] | undefined };

/** How the days of a range stand to OpenAI's own totals, and which of them OpenAI changed, of all integrations at once. */
export async function reconcileRange(
  warehouse: Warehouse,
  tenantId: string,
  { from, to, integrations }: Selection,
): Promise<RangeReconciliation & { integrations_found: number }> {
  const [row] = await warehouse.query({
    name: 'reconciliation of a range',
    sql: rangeSql((column) => (integrations ? `${column} IN {integrations: Array(String)}` : 'true')),
    params: { tenant_id: tenantId, from, to, ...(integrations && { integrations }) },
    row: z.object({ ...found, integrations_found: z.number(), reconciliations: z.array(reconciliation) }),
  });
  if (!row) throw new Error('ClickHouse returned no row for a reconciliation, which has exactly one.');
  const { reconciliations, ...rest } = row;
  const [all = NOTHING]: Reconciliation[] = reconciliations;
  return { ...rest, reconciliation: all };
}

function rangeSql(isSelected: (column: string) => string): string {
  const inRange = 'day >= {from: Date} AND day < {to: Date}';
  const ofTenant = `tenant_id = {tenant_id: String} AND ${inRange} AND ${isSelected('integration_id')}`;
  const newest = (list: string, most: number) =>
    `arraySlice(arrayReverseSort(each -> (each.day, each.integration_id), ${list}), 1, ${most})`;
  return withSteps(
    {
      organizations: sql`
        SELECT integration_id, organization_name
        FROM integration_records FINAL
        WHERE tenant_id = {tenant_id: String} AND ${isSelected('integration_id')}`,
      ...reconciliationSteps(`${inRange} AND settled AND ${isSelected('reconciliation.integration_id')}`, `''`),
      totals: sql`
        SELECT
          groupArray(tuple(
            agrees, differing_days, first_differing_day, ours, theirs, difference, by_currency
          )) AS reconciliations
        FROM reconciled`,
      compared: sql`
        SELECT
          toUInt32(uniqExact((integration_id, day))) AS compared_days,
          ${newest(
            `groupArrayIf(
              tuple(integration_id, organization_name, day, currency, ours, theirs, difference),
              abs(difference) > ${TOLERANCE_SQL}
            )`,
            MOST_DIFFERENCES,
          )} AS differences
        FROM reconciliation
        LEFT JOIN organizations USING (integration_id)
        WHERE ${ofTenant} AND settled`,
      changes: sql`
        SELECT
          integration_id,
          day,
          max(restatements.restated_at) AS last_restated_at,
          argMax(old_total, restatements.restated_at) AS last_old_total,
          argMax(new_total, restatements.restated_at) AS last_new_total
        FROM restatements
        -- Nearly all days have one revision, so no change: they are skipped.
        WHERE ${ofTenant} AND was_complete AND (integration_id, day) IN (
          SELECT integration_id, day
          FROM revisions
          WHERE ${ofTenant}
          GROUP BY integration_id, day
          HAVING count() > 1)
        GROUP BY integration_id, day`,
      day_currencies: sql`
        SELECT integration_id, day, if(count() = 1, any(currency)::Nullable(String), NULL) AS only_currency
        FROM reconciliation
        WHERE ${ofTenant}
        GROUP BY integration_id, day`,
      restated: sql`
        SELECT
          ${newest(
            `groupArray(tuple(
              integration_id,
              organization_name,
              day,
              formatDateTime(last_restated_at, '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS restated_at,
              only_currency AS currency,
              if(only_currency IS NULL, NULL, last_old_total) AS restated_from,
              if(only_currency IS NULL, NULL, last_new_total) AS restated_to
            ))`,
            MOST_RESTATEMENTS,
          )} AS restatements
        FROM changes
        LEFT JOIN organizations USING (integration_id)
        LEFT JOIN day_currencies USING (integration_id, day)`,
    },
    sql`
      SELECT
        (SELECT toUInt32(count()) FROM organizations) AS integrations_found,
        reconciliations,
        compared_days,
        differences,
        restatements
      FROM totals
      CROSS JOIN compared
      CROSS JOIN restated
      SETTINGS enable_named_columns_in_function_tuple = 1`,
  );
}
