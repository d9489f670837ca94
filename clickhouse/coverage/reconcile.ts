import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';
import { dayTotals } from './day-totals.ts';
import { TOLERANCE_SQL } from './tolerance.ts';

export const reconciled = z.object({
  ours: z.string().meta({ description: 'The sum of all facts' }),
  theirs: z.string().meta({ description: 'The sum of OpenAI’s own totals' }),
  difference: z.string(),
  agrees: z.boolean().nullable().meta({ description: 'Whether every day adds up; null before there is one' }),
});
export type Reconciled = z.infer<typeof reconciled>;

const asked = `tenant_id = {tenant_id: String} AND day >= {from: Date} AND day < {to: Date}
  AND (empty({integrations: Array(String)}) OR integration_id IN {integrations: Array(String)})`;

/** Whether the days of a range that had ended when they were read add up to OpenAI's own totals. */
export async function reconcile(
  warehouse: Warehouse,
  tenantId: string,
  { from, to, integrations = [] }: DayRange & { integrations?: readonly string[] | undefined },
): Promise<Reconciled> {
  const [sums] = await warehouse.query({
    name: 'reconciliation',
    sql: `SELECT sum(totals.ours) AS ours, sum(totals.theirs) AS theirs, ours - theirs AS difference,
            if(count() = 0, NULL, toBool(max(abs(totals.ours - totals.theirs)) <= ${TOLERANCE_SQL})) AS agrees
          FROM (${dayTotals(asked)}) AS totals
          WHERE settled`,
    params: { tenant_id: tenantId, from, to, integrations },
    row: reconciled,
  });
  if (!sums) throw new Error('An aggregate without groups has one row.');
  return sums;
}
