import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';
import { dayTotals, TOLERANCE_SQL } from './day-sql.ts';

export const reconciled = z.object({
  ours: z.string().meta({ description: 'The sum of all facts' }),
  theirs: z.string().meta({ description: 'The sum of OpenAI’s own totals' }),
  difference: z.string(),
  agrees: z.boolean().nullable().meta({ description: 'Whether every day adds up; null if no day can be compared yet' }),
});
export type Reconciled = z.infer<typeof reconciled>;

const RANGE = `tenant_id = {tenant_id: String} AND day >= {from: Date} AND day < {to: Date}
  AND (empty({integrations: Array(String)}) OR integration_id IN {integrations: Array(String)})`;

/** Compares the days of a range with OpenAI's own totals, those that were read after they had ended. */
export async function reconcile(
  warehouse: Warehouse,
  tenantId: string,
  { from, to, integrations = [] }: DayRange & { integrations?: readonly string[] | undefined },
): Promise<Reconciled> {
  const [sums] = await warehouse.query({
    name: 'reconciliation',
    sql: `SELECT sum(totals.ours) AS ours, sum(totals.theirs) AS theirs, ours - theirs AS difference,
            if(count() = 0, NULL, toBool(max(abs(totals.ours - totals.theirs)) <= ${TOLERANCE_SQL})) AS agrees
          FROM (${dayTotals(RANGE)}) AS totals
          WHERE settled`,
    params: { tenant_id: tenantId, from, to, integrations },
    row: reconciled,
  });
  if (!sums) throw new Error('ClickHouse returned no row for the reconciliation. An aggregate without groups has one.');
  return sums;
}
