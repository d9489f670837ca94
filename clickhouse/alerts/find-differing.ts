import { z } from 'zod';
import { addDays, type Day } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { TOLERANCE_SQL } from '../coverage/day-sql.ts';
import { ofIntegration } from './of-integration.ts';

const differing = z.object({
  tenant_id: z.string(),
  integration_id: z.string(),
  month: z.string(),
  currency: z.string(),
  days: z.array(z.string()),
  ours: z.string(),
  theirs: z.string(),
  difference: z.string(),
});
export type Differing = z.infer<typeof differing>;

/** OpenAI restates the last days, its totals and its rows not always at once: younger differences are left alone. */
const SETTLES_IN_DAYS = 3;
const DAYS = 62;

/** By month, the days of integrations of all tenants, or of one, whose facts do not add up to OpenAI's own totals. */
export function findDiffering(warehouse: Warehouse, today: Day, only?: IntegrationKey): Promise<Differing[]> {
  return warehouse.query({
    name: 'differing months',
    sql: `SELECT tenant_id, integration_id, toStartOfMonth(day) AS month, currency, arraySort(groupUniqArray(day)) AS days,
            sum(r.ours) AS ours, sum(r.theirs) AS theirs, sum(abs(r.difference)) AS difference
          FROM reconciliation AS r
          WHERE settled AND abs(r.difference) > ${TOLERANCE_SQL} AND day >= {from: Date} AND day < {to: Date}
            ${ofIntegration(only)}
          GROUP BY tenant_id, integration_id, month, currency
          ORDER BY tenant_id, integration_id, month, currency`,
    params: { ...only, from: addDays(today, -DAYS), to: addDays(today, -SETTLES_IN_DAYS) },
    row: differing,
  });
}
