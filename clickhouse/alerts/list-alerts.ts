import { z } from 'zod';
import { ALERT_EVENTS, ALERT_KINDS, type AlertKind } from '#domain/alerts/alert.ts';
import { COMPARED_WITH, REASONS } from '#domain/causes/causes.ts';
import { CAUSE_DIMENSIONS, type CauseDimension } from '#domain/causes/cost-change.ts';
import { fixDecimal } from '#domain/decimal.ts';
import type { Warehouse } from '../client/client.ts';
import { isoOf } from '../client/sql.ts';

const amount = z.string().nullable();
const contributor = z.object({
  ...(Object.fromEntries(CAUSE_DIMENSIONS.map((name) => [name, z.string()])) as Record<CauseDimension, z.ZodString>),
  ...{ project_name: z.string(), api_key_name: z.string() },
  ...{ amount: z.string(), before: amount, change: amount },
});
const row = z
  .object({
    id: z.string(),
    kind: z.enum(ALERT_KINDS),
    title: z.string(),
    text: z.string(),
    integration_id: z.string(),
    budget_id: z.string(),
    budget_name: z.string(),
    day: z.string(),
    from: z.string(),
    to: z.string(),
    filters: z.record(z.string(), z.array(z.string())),
    of: z.enum(['actual', 'forecast', '']),
    percent: z.number(),
    is_quiet: z.boolean(),
    currency: z.string(),
    amount,
    spent: amount,
    forecast: amount,
    compared_with: z.enum([...COMPARED_WITH, '']),
    reasons: z.array(z.object({ reason: z.enum(REASONS), change: z.string() })),
    contributors: z.array(contributor),
    raised_at: z.string(),
    standing: z.enum(ALERT_EVENTS),
    acknowledged_at: z.string().nullable(),
    acknowledged_by: z.string().nullable(),
    history: z.array(z.object({ event: z.enum(ALERT_EVENTS), at: z.string(), spent: amount, forecast: amount })),
  })
  .transform(({ compared_with, reasons, contributors, ...found }) => ({
    ...found,
    causes: contributors.length === 0 ? null : { compared_with: compared_with || null, reasons, contributors },
  }))
  .transform(({ integration_id, budget_id, budget_name, of, percent, standing, amount, currency, ...rest }) => ({
    ...rest,
    integration_id: integration_id || null,
    budget: budget_id === '' ? null : { id: budget_id, name: budget_name },
    threshold: of === '' ? null : { of, percent },
    amount: amount && fixDecimal(amount, 2),
    currency: currency || null,
    is_below: standing === 'fell_below' || standing === 'ended',
  }));

/** An alert as the API responds with it, and as it is sent. */
export type Alert = z.infer<typeof row>;

/** The place of an alert in the order of all. */
export type AlertPlace = Pick<Alert, 'raised_at' | 'id'>;

type Selection = {
  alertId?: string;
  kinds?: readonly AlertKind[] | undefined;
  budgetId?: string | undefined;
  acknowledged?: boolean | undefined;
  /** The place of the last alert of the page before. */
  before?: AlertPlace | undefined;
  limit: number;
};

/** A tenant's alerts, newest first: each as it was raised, with its history. */
export function listAlerts(warehouse: Warehouse, tenantId: string, selection: Selection): Promise<Alert[]> {
  const { alertId, kinds, budgetId, acknowledged, before, limit } = selection;
  const ofRaised = (column: string, name = column) => `anyIf(e.${column}, event = 'raised') AS ${name}`;
  // Of a null, anyIf would take the value of another event; not of a tuple that holds it.
  const nullable = (column: string) => `anyIf(tuple(e.${column}), event = 'raised').1 AS ${column}`;
  return warehouse.query({
    name: 'alerts',
    sql: `SELECT alert_id AS id, any(e.kind) AS kind, ${ofRaised('title')}, ${ofRaised('text')}, ${ofRaised('day')},
            any(e.integration_id) AS integration_id, any(e.budget_id) AS budget_id, ${ofRaised('budget_name')},
            any(period_from) AS from, any(period_to) AS to, ${ofRaised('filters')},
            any(threshold_of) AS of, any(threshold_percent) AS percent,
            ${ofRaised('is_quiet')}, any(e.currency) AS currency,
            ${nullable('amount')}, ${nullable('spent')}, ${nullable('forecast')},
            ${ofRaised('compared_with')}, ${ofRaised('reasons')}, ${ofRaised('contributors')},
            ${isoOf("minIf(e.version, event = 'raised')")} AS raised_at,
            argMaxIf(event, sequence, event != 'acknowledged') AS standing,
            nullIf(maxIf(${isoOf('e.version')}, event = 'acknowledged'), '') AS acknowledged_at,
            nullIf(maxIf(e.caller, event = 'acknowledged'), '') AS acknowledged_by,
            arrayMap(each -> each.2, arraySort(each -> each.1, groupArray(((sequence, e.version),
              tuple(event, ${isoOf('e.version')}, e.spent::Nullable(String), e.forecast::Nullable(String))
                ::Tuple(event String, at String, spent Nullable(String), forecast Nullable(String)))))) AS history
          FROM alert_events AS e FINAL
          WHERE tenant_id = {tenant_id: String}
            ${alertId === undefined ? '' : 'AND alert_id = {alert_id: String}'}
            ${kinds === undefined ? '' : 'AND e.kind IN {kinds: Array(String)}'}
            ${budgetId === undefined ? '' : 'AND e.budget_id = {budget_id: String}'}
          GROUP BY alert_id
          HAVING countIf(event = 'raised') > 0
            ${acknowledged === undefined ? '' : `AND (countIf(event = 'acknowledged') > 0) = {acknowledged: Bool}`}
            ${before === undefined ? '' : 'AND (raised_at < {before_at: String} OR (raised_at = {before_at: String} AND id > {before_id: String}))'}
          ORDER BY raised_at DESC, id
          LIMIT {limit: UInt32}`,
    params: {
      tenant_id: tenantId,
      limit,
      ...(alertId !== undefined && { alert_id: alertId }),
      ...(kinds !== undefined && { kinds }),
      ...(budgetId !== undefined && { budget_id: budgetId }),
      ...(acknowledged !== undefined && { acknowledged }),
      ...(before && { before_at: before.raised_at, before_id: before.id }),
    },
    row,
  });
}

/** @returns undefined where the tenant has no such alert */
export async function readAlert(warehouse: Warehouse, tenantId: string, alertId: string): Promise<Alert | undefined> {
  return (await listAlerts(warehouse, tenantId, { alertId, limit: 1 }))[0];
}
