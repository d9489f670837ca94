import type { AlertEvent, AlertFacts, AlertSubject } from '#domain/alerts/alert.ts';
import type { Warehouse } from '../client/client.ts';
import { BY_MAJORITY } from '../client/options.ts';

/** `sequence`: its place in the alert's history, from 0. `at`: unix milliseconds. */
export type AlertEventToWrite = {
  subject: AlertSubject;
  facts: AlertFacts;
  event: AlertEvent;
  sequence: number;
  at: number;
  is_quiet: boolean;
};

/** Writes an event of an alert. Its place in the history names it: written again, it is the same event. */
export function writeAlertEvent(
  warehouse: Warehouse,
  tenantId: string,
  { subject, facts, at, ...event }: AlertEventToWrite,
): Promise<void> {
  const { kind, alert_id, integration_id, from, to } = subject;
  const { budget_id, revision, of, percent } =
    kind === 'budget' ? subject : { budget_id: '', revision: 0, of: '', percent: 0 };
  const { causes, api_key_ids = [], ...told } = facts;
  const { compared_with, reasons = [], contributors = [] } = causes ?? {};
  const row = {
    ...{ tenant_id: tenantId, alert_id, version: at, kind, integration_id },
    ...{ period_from: from, period_to: to, budget_id, revision, threshold_of: of, threshold_percent: percent },
    ...told,
    ...{ causes: api_key_ids, compared_with: compared_with ?? '', reasons, contributors },
    ...event,
    caller: '',
  };
  return warehouse.insert('alert_events', [row], BY_MAJORITY);
}
