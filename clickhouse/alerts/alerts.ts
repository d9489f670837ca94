import { z } from 'zod';
import { ALERT_EVENTS, type AlertEvent, type AlertSubject, alertIdOf, type KnownAlert } from '#domain/budgets/alert.ts';
import type { Budget } from '#domain/budgets/budget.ts';
import type { Warehouse } from '../client/client.ts';

const ISO = (column: string) =>
  `formatDateTime(fromUnixTimestamp64Milli(${column}, 'UTC'), '%Y-%m-%dT%H:%i:%SZ', 'UTC')`;

/** The alerts of a tenant's budgets whose periods end after a day. Acknowledging says nothing of where costs stand. */
export function listKnownAlerts(warehouse: Warehouse, tenantId: string, endsAfter: string): Promise<KnownAlert[]> {
  return warehouse.query({
    name: 'known alerts',
    sql: `SELECT alert_id, argMaxIf(event, sequence, event != 'acknowledged') AS standing,
            toUInt32(max(sequence) + 1) AS events
          FROM alert_events FINAL
          WHERE tenant_id = {tenant_id: String} AND period_to > {ends_after: Date}
          GROUP BY alert_id`,
    params: { tenant_id: tenantId, ends_after: endsAfter },
    row: z.object({ alert_id: z.string(), standing: z.enum(ALERT_EVENTS), events: z.number() }),
  });
}

type Standing = { spent: string; forecast: string | null };

/** Writes an event of a budget's alert. Its place in the history names it: written again, it is the same event. */
export function writeAlertEvent(
  warehouse: Warehouse,
  tenantId: string,
  {
    subject,
    budget: { name, amount, currency },
    at,
    ...event
  }: {
    subject: AlertSubject;
    budget: Budget;
    event: AlertEvent;
    sequence: number;
    at: number;
    is_quiet: boolean;
  } & Standing,
): Promise<void> {
  const { budget_id, revision, from, to, of, percent } = subject;
  const row = {
    tenant_id: tenantId,
    alert_id: alertIdOf(subject),
    version: at,
    ...{ budget_id, budget_name: name, revision, period_from: from, period_to: to },
    ...{ threshold_of: of, threshold_percent: percent, amount, currency, caller: '' },
    ...event,
  };
  return warehouse.insert('alert_events', [row]);
}

/** Notes that someone has seen an alert, in one statement; once is enough. Does nothing where there is no such alert. */
export function acknowledgeAlert(warehouse: Warehouse, tenantId: string, alertId: string, caller: string) {
  return warehouse.command(
    'acknowledge alert',
    `INSERT INTO alert_events
     SELECT * REPLACE (sequence + 1 AS sequence, 'acknowledged' AS event, {now: UInt64} AS version, {caller: String} AS caller)
     FROM alert_events FINAL
     WHERE tenant_id = {tenant_id: String} AND alert_id = {alert_id: String}
       AND alert_id NOT IN (
         SELECT alert_id FROM alert_events
         WHERE tenant_id = {tenant_id: String} AND alert_id = {alert_id: String} AND event = 'acknowledged')
     ORDER BY sequence DESC
     LIMIT 1`,
    { tenant_id: tenantId, alert_id: alertId, caller, now: Date.now() },
  );
}

const row = z.object({
  id: z.string(),
  budget_id: z.string(),
  budget_name: z.string(),
  from: z.string(),
  to: z.string(),
  of: z.enum(['actual', 'forecast']),
  percent: z.number(),
  is_quiet: z.boolean(),
  currency: z.string(),
  amount: z.string(),
  spent: z.string(),
  forecast: z.string().nullable(),
  raised_at: z.string(),
  standing: z.enum(ALERT_EVENTS),
  acknowledged_at: z.string().nullable(),
  acknowledged_by: z.string().nullable(),
  history: z.array(
    z.object({ event: z.enum(ALERT_EVENTS), at: z.string(), spent: z.string(), forecast: z.string().nullable() }),
  ),
});
export type Alert = z.infer<typeof row>;

type Selection = { alertId?: string; budgetId?: string | undefined; acknowledged?: boolean | undefined; limit: number };

/** A tenant's alerts, newest first: each as it was raised, with its history. */
export function listAlerts(warehouse: Warehouse, tenantId: string, selection: Selection): Promise<Alert[]> {
  const { alertId, budgetId, acknowledged, limit } = selection;
  const ofRaised = (column: string, name = column) => `argMinIf(${column}, sequence, event = 'raised') AS ${name}`;
  return warehouse.query({
    name: 'alerts',
    sql: `SELECT alert_id AS id, any(budget_id) AS budget_id, ${ofRaised('e.budget_name', 'budget_name')},
            any(period_from) AS from, any(period_to) AS to, any(threshold_of) AS of, any(threshold_percent) AS percent,
            ${ofRaised('e.is_quiet', 'is_quiet')}, any(e.currency) AS currency, ${ofRaised('e.amount', 'amount')},
            ${ofRaised('e.spent', 'spent')}, anyIf(tuple(e.forecast), event = 'raised').1 AS forecast,
            ${ISO("minIf(e.version, event = 'raised')::Int64")} AS raised_at,
            argMaxIf(event, sequence, event != 'acknowledged') AS standing,
            nullIf(maxIf(${ISO('e.version::Int64')}, event = 'acknowledged'), '') AS acknowledged_at,
            nullIf(maxIf(e.caller, event = 'acknowledged'), '') AS acknowledged_by,
            arrayMap(each -> each.2, arraySort(each -> each.1, groupArray(((sequence, e.version),
              tuple(event, ${ISO('e.version::Int64')}, toString(e.spent), e.forecast::Nullable(String))
                ::Tuple(event String, at String, spent String, forecast Nullable(String)))))) AS history
          FROM alert_events AS e FINAL
          WHERE tenant_id = {tenant_id: String}
            ${alertId === undefined ? '' : 'AND alert_id = {alert_id: String}'}
            ${budgetId === undefined ? '' : 'AND e.budget_id = {budget_id: String}'}
          GROUP BY alert_id
          HAVING countIf(event = 'raised') > 0
            ${acknowledged === undefined ? '' : `AND (countIf(event = 'acknowledged') > 0) = {acknowledged: Bool}`}
          ORDER BY minIf(e.version, event = 'raised') DESC, id
          LIMIT {limit: UInt32}`,
    params: {
      tenant_id: tenantId,
      limit,
      ...(alertId !== undefined && { alert_id: alertId }),
      ...(budgetId !== undefined && { budget_id: budgetId }),
      ...(acknowledged !== undefined && { acknowledged }),
    },
    row,
  });
}
