import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import { useJson } from '../api/use-fetch.ts';

/** The path of the list, and its key among the queries. */
export const ALERTS = '/v1/alerts';

/** The tenant's latest alerts with their history, newest first. Null fetches nothing. */
export function useAlerts(path: string | null = ALERTS) {
  const { data, error } = useJson<{ data: AlertView[] }>(path);
  return { alerts: data?.data, error };
}
