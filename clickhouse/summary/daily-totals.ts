import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, filteredFacts } from '../aggregates/filtered-facts.ts';
import type { Warehouse } from '../client/client.ts';

const row = z.object({ day: z.string(), amount: z.string(), complete: z.boolean(), currencies: z.array(z.string()) });
export type DailyTotal = z.infer<typeof row>;

/**
 * What each day of a range cost that a connected integration should have, in order. `complete`: each of them has read it
 * after it had ended. What was disconnected is not in it: nothing more comes from there.
 */
export function readDailyTotals(
  warehouse: Warehouse,
  tenantId: string,
  { range, filters }: { range: DayRange; filters: Filters },
): Promise<DailyTotal[]> {
  const only = filters.integration_id ? 'AND integration_id IN {only_integration_id: Array(String)}' : '';
  return warehouse.query({
    name: 'daily totals',
    sql: `WITH
            connected AS (
              SELECT integration_id, history_from FROM integration_records FINAL
              WHERE tenant_id = {tenant_id: String} AND status != 'disconnected' ${only}),
            due AS (
              SELECT integration_id, arrayJoin(arrayMap(
                  offset -> greatest(history_from, {from: Date}) + offset,
                  range(toUInt64(greatest(0, dateDiff('day', greatest(history_from, {from: Date}), {to: Date})))))) AS day
              FROM connected),
            covered AS (
              SELECT day, min(read.complete) AS complete
              FROM due LEFT JOIN (
                SELECT integration_id, day, complete FROM coverage
                WHERE tenant_id = {tenant_id: String} AND dataset = 'costs') AS read USING (integration_id, day)
              GROUP BY day),
            billed_days AS (
              SELECT day, sum(amount) AS amount, groupUniqArray(currency) AS currencies
              FROM ${filteredFacts(costFacts, ['amount', 'currency'], filters)}
                AND integration_id IN (SELECT integration_id FROM connected)
              GROUP BY day)
          SELECT day, amount, toBool(complete) AS complete, currencies
          FROM covered LEFT JOIN billed_days USING (day)
          ORDER BY day`,
    params: factParameters(tenantId, range, filters),
    row,
  });
}
