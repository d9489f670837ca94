import { z } from 'zod';
import { ALERT_EVENTS } from '#domain/alerts/alert.ts';
import type { CostSubject } from '#domain/anomalies/series.ts';
import type { KnownAnomaly } from '#domain/anomalies/told.ts';
import { CAUSE_DIMENSIONS } from '#domain/causes/cost-change.ts';
import type { Day } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

export const toldAnomaly = z
  .object({
    alert_id: z.string(),
    from: z.string(),
    to: z.string(),
    filters: z.record(z.string(), z.array(z.string())),
    currency: z.string(),
    causes: z.array(z.string()),
    amount: z.coerce.number(),
    usual: z.coerce.number(),
    noted: z.coerce.number(),
    standing: z.enum(ALERT_EVENTS),
    events: z.number(),
  })
  .transform(({ filters, currency, ...rest }): KnownAnomaly => {
    const dimension: CostSubject['dimension'] = CAUSE_DIMENSIONS.find((name) => filters[name]) ?? 'organization';
    return { ...rest, subject: { dimension, value: filters[dimension]?.[0] ?? '', currency } };
  });

/** SQL of these alerts, whose last day is after the parameter `ends_after`. */
export const TOLD = `SELECT alert_id, any(period_from) AS from, any(period_to) AS to, anyIf(e.filters, event = 'raised') AS filters,
    any(e.currency) AS currency, anyIf(e.causes, event = 'raised') AS causes,
    ifNull(anyIf(e.spent, event = 'raised'), 0) AS amount, ifNull(anyIf(e.amount, event = 'raised'), 0) AS usual,
    ifNull(argMaxIf(e.spent, sequence, event != 'acknowledged'), 0) AS noted,
    argMaxIf(event, sequence, event != 'acknowledged') AS standing, toUInt32(max(sequence) + 1) AS events
  FROM alert_events AS e FINAL
  WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String} AND kind = 'anomaly'
    AND period_to > {ends_after: Date}
  GROUP BY alert_id`;

/** The alerts of an integration's anomalies that end after a day, as they were raised, and what was noted last. */
export function listToldAnomalies(
  warehouse: Warehouse,
  { tenant_id, integration_id }: IntegrationKey,
  endsAfter: Day,
): Promise<KnownAnomaly[]> {
  return warehouse.query({
    name: 'told anomalies',
    sql: TOLD,
    params: { tenant_id, integration_id, ends_after: endsAfter },
    row: toldAnomaly,
  });
}
