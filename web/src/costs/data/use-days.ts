import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import type { DayRange } from '#domain/day.ts';
import { useFetch } from '../../api/use-fetch.ts';

/** The sync state of each day of a range, of all integrations. */
export function useDays(ids: readonly string[], { from, to }: DayRange) {
  const paths = ids.map((id) => `/v1/integrations/${id}/days?${new URLSearchParams({ from, to })}`);
  const { data, error } = useFetch(
    paths.length > 0 ? paths : null,
    (api, init): Promise<{ data: IntegrationDay[] }[]> =>
      Promise.all(paths.map(async (path) => (await api(path, init)).json())),
    { keepsPrevious: false },
  );
  return { syncedDays: data?.flatMap(({ data }) => data), error };
}
