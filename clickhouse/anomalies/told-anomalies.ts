import { z } from 'zod';
import type { Day } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

const row = z.object({
  from: z.string(),
  to: z.string(),
  filters: z.record(z.string(), z.array(z.string())),
  currency: z.string(),
  spent: z.string(),
  usual: z.string(),
});
export type AlertOfAnomaly = z.infer<typeof row>;

/** The alerts of an integration's anomalies that end after a day, as they were raised. */
export function listToldAnomalies(
  warehouse: Warehouse,
  { tenant_id, integration_id }: IntegrationKey,
  endsAfter: Day,
): Promise<AlertOfAnomaly[]> {
  return warehouse.query({
    name: 'told anomalies',
    sql: `SELECT any(period_from) AS from, any(period_to) AS to, anyIf(e.filters, event = 'raised') AS filters,
            any(e.currency) AS currency, ifNull(anyIf(e.spent, event = 'raised'), 0) AS spent,
            ifNull(anyIf(e.amount, event = 'raised'), 0) AS usual
          FROM alert_events AS e FINAL
          WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String} AND kind = 'anomaly'
            AND period_to > {ends_after: Date}
          GROUP BY alert_id`,
    params: { tenant_id, integration_id, ends_after: endsAfter },
    row,
  });
}
