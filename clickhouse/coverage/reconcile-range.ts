import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { TOLERANCE_SQL } from './day-sql.ts';
import { reconciledRow, reconciliation, reconciliationSteps, settledDays, toReconciliation } from './reconcile.ts';

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
  restated_days: z.int().meta({ description: 'Days that OpenAI changed after their end, of each integration' }),
  restatements: z.array(dayRestatement).meta({ description: `The newest ${MOST_RESTATEMENTS} of them, newest first` }),
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
    sql: rangeSql(integrations !== undefined),
    params: { tenant_id: tenantId, from, to, ...(integrations && { only_integration_id: integrations }) },
    row: z.object({ ...found, integrations_found: z.number(), reconciliations: z.array(reconciledRow) }),
  });
  if (!row) throw new Error('ClickHouse returned no row for a reconciliation, which has exactly one.');
  const { reconciliations, ...rest } = row;
  return { ...rest, reconciliation: toReconciliation(reconciliations[0]) };
}

function rangeSql(hasIntegrations: boolean): string {
  const isSelected = hasIntegrations ? 'integration_id IN {only_integration_id: Array(String)}' : 'true';
  const ofTenant = `tenant_id = {tenant_id: String} AND day >= {from: Date} AND day < {to: Date} AND ${isSelected}`;
  const newest = (list: string, most: number) =>
    `arraySlice(arrayReverseSort(each -> (each.day, each.integration_id), ${list}), 1, ${most})`;
  return withSteps(
    {
      organizations: sql`
        SELECT integration_id, organization_name
        FROM integration_records FINAL
        WHERE tenant_id = {tenant_id: String} AND ${isSelected}`,
      ...reconciliationSteps(settledDays(hasIntegrations)),
      totals: sql`
        SELECT
          groupArray(tuple(
            agrees, differing_days, first_differing_day, by_currency
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
        SELECT
          integration_id,
          day,
          groupUniqArrayIf(currency, ours != 0 OR theirs != 0) AS costed,
          groupUniqArrayArray(costed) OVER (PARTITION BY integration_id) AS of_all_days,
          -- A day without costs is a row in dollars: what it cost before was in a currency of the other days.
          if(empty(costed) AND notEmpty(of_all_days), of_all_days, groupUniqArray(currency)) AS possible,
          if(length(possible) = 1, possible[1]::Nullable(String), NULL) AS only_currency
        FROM reconciliation
        WHERE ${ofTenant}
        GROUP BY integration_id, day`,
      restated: sql`
        SELECT
          toUInt32(count()) AS restated_days,
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
        restated_days,
        restatements
      FROM totals
      CROSS JOIN compared
      CROSS JOIN restated
      SETTINGS enable_named_columns_in_function_tuple = 1`,
  );
}
