import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import type { DayRange } from '#domain/day.ts';
import { useFetch } from '../../api/use-fetch.ts';

/** Each integration is a request: of more of them than these, a view does not say whether its days add up. */
export const MOST_WITH_DAYS = 20;

/** The sync state of each day of a range, of all integrations, if these are few. */
export function useDays(ids: readonly string[], { from, to }: DayRange) {
  const asked = ids.length > MOST_WITH_DAYS ? [] : ids;
  const paths = asked.map((id) => `/v1/integrations/${id}/days?${new URLSearchParams({ from, to })}`);
  const { data, error } = useFetch(
    paths.length > 0 ? paths : null,
    (api, init): Promise<{ data: IntegrationDay[] }[]> =>
      Promise.all(paths.map(async (path) => (await api(path, init)).json())),
    { keepsPrevious: false },
  );
  return { syncedDays: data?.flatMap(({ data }) => data), error };
}
