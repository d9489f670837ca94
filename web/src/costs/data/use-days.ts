import useSWR from 'swr';
import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import type { DayRange } from '#domain/day.ts';
import { useApi } from '../../api/context.ts';

/** The sync state of each day of a range, of all integrations. */
export function useDays(ids: readonly string[], { from, to }: DayRange) {
  const api = useApi();
  const paths = ids.map((id) => `/v1/integrations/${id}/days?${new URLSearchParams({ from, to })}`);
  const { data, error } = useSWR<{ data: IntegrationDay[] }[], Error>(
    paths.length > 0 ? paths : null,
    (paths: string[]) => Promise.all(paths.map(async (path) => (await api(path)).json())),
  );
  return { syncedDays: data?.flatMap(({ data }) => data), error };
}
