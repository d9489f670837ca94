import { z } from 'zod';
import type { Warehouse } from './client.ts';

/** What costs can be grouped by, and how each is said in SQL. */
const groupings = {
  day: 'toString(day)',
  month: `formatDateTime(day, '%Y-%m')`,
  project_id: 'toString(project_id)',
  model: 'toString(model)',
  token_type: 'toString(token_type)',
  service: 'toString(service)',
  line_item: 'toString(line_item)',
} as const;
export type Grouping = keyof typeof groupings;
export const groupingNames = Object.keys(groupings) as Grouping[];

export type CostsQuestion = {
  from: string;
  to: string;
  group_by: readonly Grouping[];
  integration_id?: string | undefined;
};
export type CostGroup = Partial<Record<Grouping | 'project_name', string>> & { amount: string };
export type Costs = { data: CostGroup[]; total: string; currency: string };

/** Amounts of different currencies do not add up: the caller has to ask for one integration. */
export class MixedCurrenciesError extends Error {
  override readonly name = 'MixedCurrenciesError';
}

const row = z.object({
  keys: z.array(z.string()),
  project_name: z.string(),
  amount: z.string(),
  currencies: z.array(z.string()),
  is_total: z.boolean(),
});

/**
 * A tenant's costs over the half-open UTC days [from, to), summed by the groupings; time ascending, then dearest
 * first. Groups and total come from one statement, so they always add up. Amounts are exact decimal text.
 */
export async function sumCosts(
  warehouse: Warehouse,
  tenantId: string,
  { from, to, group_by, integration_id = '' }: CostsQuestion,
): Promise<Costs> {
  const keys = group_by.map((_, index) => `key_${index}`);
  const expressions = group_by.map((name, index) => `${groupings[name]} AS key_${index}`);
  const timeKeys = keys.filter((_, index) => group_by[index] === 'day' || group_by[index] === 'month');
  const rows = await warehouse.query({
    name: 'costs',
    sql: `WITH ${['tenant_id AS tenant', ...expressions].join(', ')}
          SELECT [${keys.join(', ')}]::Array(String) AS keys,
            argMax(costs.project_name, costs.day) AS project_name,
            sum(costs.amount) AS amount,
            groupUniqArray(costs.currency) AS currencies,
            toBool(grouping(tenant)) AS is_total
          FROM costs
          WHERE tenant_id = {tenant_id: String} AND costs.day >= {from: Date} AND costs.day < {to: Date}
            AND ({integration_id: String} = '' OR integration_id = {integration_id: String})
          GROUP BY GROUPING SETS ((${['tenant', ...keys].join(', ')}), ())
          ORDER BY ${[...timeKeys, 'amount DESC', 'keys'].join(', ')}`,
    params: { tenant_id: tenantId, from, to, integration_id },
    row,
  });
  const total = rows.find((each) => each.is_total);
  if (total && total.currencies.length > 1) {
    throw new MixedCurrenciesError(`The range holds ${total.currencies.sort().join(' and ')}.`);
  }
  return {
    data: rows
      .filter((each) => !each.is_total && group_by.length > 0)
      .map(({ keys: values, project_name, amount }) => ({
        ...Object.fromEntries(group_by.map((name, index) => [name, values[index]])),
        ...(group_by.includes('project_id') && { project_name }),
        amount,
      })),
    total: total?.amount ?? '0',
    currency: total?.currencies[0] ?? 'usd',
  };
}
