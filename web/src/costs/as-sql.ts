import { dimensions } from './dimensions.ts';
import type { View } from './view.ts';

/** The view as SQL on the warehouse: the same sums, day by day. */
export function asSql({ by, filters }: View, { from, to }: { from: string; to: string }, tenantId: string): string {
  const conditions = [
    `tenant_id = ${quote(tenantId)}`,
    `day >= ${quote(from)}`,
    `day < ${quote(to)}`,
    ...dimensions.flatMap((name) => {
      const values = filters[name];
      return values ? [`${name} IN (${values.map(quote).join(', ')})`] : [];
    }),
  ];
  return [
    `SELECT day, ${by}, sum(amount) AS spend`,
    'FROM costs',
    `WHERE ${conditions.join('\n  AND ')}`,
    `GROUP BY day, ${by}`,
    'ORDER BY day, spend DESC',
  ].join('\n');
}

const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
