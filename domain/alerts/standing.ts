import type { AlertEvent } from './alert.ts';
import type { IntegrationEvent } from './integration-events.ts';

/** A raised alert of a tenant, and its last event that says how things stand. */
export type StandingAlert = { tenant_id: string; alert_id: string; standing: AlertEvent };

/** Alerts of all tenants by name. */
export const nameOf = (tenantId: string, alertId: string) => JSON.stringify([tenantId, alertId]);

/**
 * Events under the ids of the alerts that stand for them: what goes on is one alert, however far it has moved. What is held
 * back is left out, unless it goes on.
 */
export function goOn(events: readonly IntegrationEvent[], alerts: readonly StandingAlert[]): IntegrationEvent[] {
  return events.flatMap((event) => {
    const { tenant_id, subject, series, is_held } = event;
    const alert =
      series &&
      alerts.find(
        (each) => each.standing !== 'ended' && each.tenant_id === tenant_id && each.alert_id.startsWith(series),
      );
    if (alert) return [{ ...event, subject: { ...subject, alert_id: alert.alert_id } }];
    return is_held ? [] : [event];
  });
}

/** Which raised alerts are over, and which of those are not after all, by whether what they tell was found again. */
export function decideEnds(alerts: readonly StandingAlert[], events: readonly IntegrationEvent[]) {
  const found = new Set(
    events.flatMap(({ tenant_id, subject, keeps }) =>
      [subject.alert_id, ...(keeps ?? [])].map((id) => nameOf(tenant_id, id)),
    ),
  );
  const isFound = ({ tenant_id, alert_id }: StandingAlert) => found.has(nameOf(tenant_id, alert_id));
  return {
    ended: alerts.filter((alert) => alert.standing !== 'ended' && !isFound(alert)),
    rose_again: alerts.filter((alert) => alert.standing === 'ended' && isFound(alert)),
  };
}
