import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import { useJson } from '../api/use-fetch.ts';
import { useOverview } from '../overview/use-overview.ts';

/** The path of the list, and its key among the queries. */
export const ALERTS = '/v1/alerts';

/** The tenant's latest alerts with their history, newest first. */
export function useAlerts(isNeeded = true) {
  const { overview, error } = useOverview({ isNeeded });
  return { alerts: overview?.alerts, error };
}

/** The same, of years. */
export function useAllAlerts() {
  const { data, error } = useJson<{ data: AlertView[] }>(ALERTS);
  return { alerts: data?.data, error };
}
