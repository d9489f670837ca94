import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import { useJson } from '../api/use-fetch.ts';
import { partOf } from '../overview/overview-part.ts';
import { useOverview } from '../overview/use-overview.ts';

/** The path of the list, and its key among the queries. */
export const ALERTS = '/v1/alerts';

/** The tenant's latest alerts with their history, newest first. */
export function useAlerts(isNeeded = true) {
  const { data: alerts, error } = partOf('alerts', useOverview({ isNeeded }));
  return { alerts, error };
}

/** The same, of years. */
export function useAllAlerts() {
  const { data, error } = useJson<{ data: AlertView[] }>(ALERTS);
  return { alerts: data?.data, error };
}
