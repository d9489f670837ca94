import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { endOfDay, TOLERANCE_SQL } from './day-sql.ts';

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

/** SQL of the days [from, to) that had ended when they were read, of some integrations or all. */
export const settledDays = (hasIntegrations: boolean, from = '{from: Date}') => sql`
  day >= ${from} AND day < {to: Date} AND ${SETTLED}
  ${hasIntegrations ? 'AND integration_id IN {only_integration_id: Array(String)}' : ''}`;

/** Compares the days of a range with OpenAI's own totals, those that were read after they had ended. */
export async function reconcile(
  warehouse: Warehouse,
  tenantId: string,
  { from, to, integrations }: DayRange & { integrations?: readonly string[] | undefined },
): Promise<Reconciliation> {
  const [row] = await warehouse.query({
    name: 'reconciliation',
    sql: withSteps(
      reconciliationSteps(settledDays(integrations !== undefined)),
      sql`
        SELECT *
        FROM reconciled`,
    ),
    params: { tenant_id: tenantId, from, to, ...(integrations && { only_integration_id: integrations }) },
    row: reconciledRow,
  });
  return toReconciliation(row);
}

const SETTLED = `version >= ${endOfDay('day')}`;

/**
 * SQL steps whose last one, `reconciled`, has a row of all days together, or one for each integration. They say what the
 * view `reconciliation` says of each day; read through it, a statement took twice the CPU.
 * @param where SQL over cost_days
 */
export function reconciliationSteps(where: string, by: readonly 'integration_id'[] = []) {
  const each = by.map((column) => `${column}, `).join('');
  return {
    reconciled_days: sql`
      SELECT
        ${each}day, currency,
        totals[currency] AS our, provider_totals[currency] AS their,
        ${SETTLED} AS settled,
        settled AND abs(our - their) > ${TOLERANCE_SQL} AS differs
      FROM cost_days FINAL
      ARRAY JOIN
        arrayDistinct(if(empty(totals) AND empty(provider_totals), ['usd'], arrayConcat(mapKeys(totals), mapKeys(provider_totals)))) AS currency
      WHERE tenant_id = {tenant_id: String} AND ${where}`,
    currencies: sql`
      SELECT
        ${each}currency,
        sum(our) AS ours,
        sum(their) AS theirs,
        countIf(settled) AS settled_rows,
        groupUniqArrayIf(day, differs) AS days_that_differ,
        sumIf(abs(our - their), differs) AS differing_amount
      FROM reconciled_days
      GROUP BY ${each}currency
      ORDER BY ${each}currency`,
    reconciled: sql`
      SELECT
        ${each}
        groupUniqArrayArray(days_that_differ) AS all_that_differ,
        toUInt32(length(all_that_differ)) AS differing_days,
        if(differing_days = 0, NULL, arrayMin(all_that_differ)) AS first_differing_day,
        if(sum(settled_rows) = 0, NULL, toBool(differing_days = 0)) AS agrees,
        groupArray((
          currency, ours, theirs, ours - theirs, length(days_that_differ),
          if(empty(days_that_differ), NULL, arrayMin(days_that_differ)), differing_amount
        )::Tuple(
          currency String, ours Decimal(38, 18), theirs Decimal(38, 18), difference Decimal(38, 18),
          differing_days UInt32, first_differing_day Nullable(Date), differing_amount Decimal(38, 18)
        )) AS by_currency
      FROM currencies
      ${by.length > 0 ? `GROUP BY ${by.join(', ')}` : ''}`,
  };
}
