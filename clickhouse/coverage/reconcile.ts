import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { TOLERANCE_SQL } from './day-sql.ts';

const differing = {
  differing_days: z.int().meta({ description: 'Ended days that do not add up' }),
  first_differing_day: z.iso.date().nullable().meta({ description: 'The earliest of them; null if there is none' }),
};
const SEVERAL = 'null where there are several currencies';

export const reconciliation = z
  .object({
    agrees: z.boolean().nullable().meta({ description: 'Whether every ended day adds up; null if none was read' }),
    ...differing,
    ours: z
      .string()
      .nullable()
      .meta({ description: `The sum of all facts; ${SEVERAL}` }),
    theirs: z
      .string()
      .nullable()
      .meta({ description: `The sum of OpenAI’s own totals; ${SEVERAL}` }),
    difference: z
      .string()
      .nullable()
      .meta({ description: `ours minus theirs; ${SEVERAL}` }),
    by_currency: z.array(
      z
        .object({
          currency: z.string(),
          ours: z.string(),
          theirs: z.string(),
          difference: z
            .string()
            .meta({ description: 'ours minus theirs: differences of opposite sign cancel each other' }),
          ...differing,
          differing_amount: z.string().meta({ description: 'By how much these days differ in all, whatever the sign' }),
        })
        .meta({ id: 'CurrencyReconciliation' }),
    ),
  })
  .meta({ id: 'Reconciliation' });
export type Reconciliation = z.infer<typeof reconciliation>;

/** A row of `reconciled`. */
export const reconciledRow = reconciliation.omit({ ours: true, theirs: true, difference: true });

/**
 * What a row says, or that nothing was read yet. A day without costs is a row in dollars, so a currency that comes to
 * nothing is left out where another does not.
 */
export function toReconciliation(row: z.infer<typeof reconciledRow> | undefined): Reconciliation {
  if (!row || row.by_currency.length === 0) {
    return { agrees: null, differing_days: 0, first_differing_day: null, ...NO_SUMS, by_currency: [] };
  }
  const costed = row.by_currency.filter(({ ours, theirs, differing_days }) =>
    [ours, theirs, String(differing_days)].some((each) => each !== '0'),
  );
  const by_currency = costed.length > 0 ? costed : row.by_currency.slice(0, 1);
  const { ours, theirs, difference } = (by_currency.length === 1 && by_currency[0]) || SEVERAL_SUMS;
  return { ...row, ours, theirs, difference, by_currency };
}

const NO_SUMS = { ours: '0', theirs: '0', difference: '0' };
const SEVERAL_SUMS = { ours: null, theirs: null, difference: null };

/** Compares the days of a range with OpenAI's own totals, those that were read after they had ended. */
export async function reconcile(
  warehouse: Warehouse,
  tenantId: string,
  { from, to, integrations = [] }: DayRange & { integrations?: readonly string[] | undefined },
): Promise<Reconciliation> {
  // By the view's name: the key of the same name is an alias, which would come before the column.
  const where = `day >= {from: Date} AND day < {to: Date} AND settled
    AND (empty({integrations: Array(String)}) OR reconciliation.integration_id IN {integrations: Array(String)})`;
  const [row] = await warehouse.query({
    name: 'reconciliation',
    sql: withSteps(
      reconciliationSteps(where, `''`),
      sql`
        SELECT *
        FROM reconciled`,
    ),
    params: { tenant_id: tenantId, from, to, integrations },
    row: reconciledRow,
  });
  return toReconciliation(row);
}

/**
 * SQL steps whose last one, `reconciled`, has a row per key.
 * @param where SQL over the view. A constant key hides its column, which is `reconciliation.integration_id` then
 * @param key SQL of what is reconciled by itself: an integration, or '' for all together
 */
export const reconciliationSteps = (where: string, key: string) => ({
  reconciled_days: sql`
        SELECT
          ${key} AS integration_id, day, currency, ours, theirs, difference, settled,
          settled AND abs(difference) > ${TOLERANCE_SQL} AS differs
        FROM reconciliation
        WHERE tenant_id = {tenant_id: String} AND ${where}`,
  currencies: sql`
        SELECT
          integration_id,
          currency,
          sum(reconciled_days.ours) AS ours,
          sum(reconciled_days.theirs) AS theirs,
          sum(reconciled_days.difference) AS difference,
          countIf(settled) AS settled_rows,
          groupUniqArrayIf(day, differs) AS days_that_differ,
          toUInt32(length(days_that_differ)) AS differing_days,
          if(differing_days = 0, NULL, arrayMin(days_that_differ)) AS first_differing_day,
          sumIf(abs(reconciled_days.difference), differs) AS differing_amount
        FROM reconciled_days
        GROUP BY integration_id, currency
        ORDER BY integration_id, currency`,
  reconciled: sql`
      SELECT
        integration_id,
        groupUniqArrayArray(days_that_differ) AS all_that_differ,
        toUInt32(length(all_that_differ)) AS differing_days,
        if(differing_days = 0, NULL, arrayMin(all_that_differ)) AS first_differing_day,
        if(sum(settled_rows) = 0, NULL, toBool(differing_days = 0)) AS agrees,
        groupArray((
          currency, currencies.ours, currencies.theirs, currencies.difference, currencies.differing_days,
          currencies.first_differing_day, differing_amount
        )::Tuple(
          currency String, ours Decimal(38, 18), theirs Decimal(38, 18), difference Decimal(38, 18),
          differing_days UInt32, first_differing_day Nullable(Date), differing_amount Decimal(38, 18)
        )) AS by_currency
      FROM currencies
      GROUP BY integration_id`,
});
