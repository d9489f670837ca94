import type { AlertEvent } from './alert.ts';

/** A raised alert of a tenant, and its last event that says how things stand. */
export type StandingAlert = { tenant_id: string; alert_id: string; standing: AlertEvent };

/** Which raised alerts are over, and which of those are not after all, by whether what they tell was found again. */
export function decideEnds(alerts: readonly StandingAlert[], isFound: (alert: StandingAlert) => boolean) {
  return {
    ended: alerts.filter((alert) => alert.standing !== 'ended' && !isFound(alert)),
    rose_again: alerts.filter((alert) => alert.standing === 'ended' && isFound(alert)),
  };
}
