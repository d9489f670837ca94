import { useMemo } from 'react';
import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import type { DayRange } from '#domain/day.ts';
import { useFetch } from '../../api/use-fetch.ts';
import { distinctName } from '../../integrations/organization-name.ts';
import type { DayOfOrganization } from './restatements.ts';

/** Each integration is a request: of more of them than these, a view does not say whether its days add up. */
export const MOST_WITH_DAYS = 20;

/** The sync state of each day of a range, of all integrations, if these are few. */
export function useDays(integrations: readonly IntegrationView[], { from, to }: DayRange) {
  const asked = integrations.length > MOST_WITH_DAYS ? [] : integrations;
  const paths = asked.map(({ id }) => `/v1/integrations/${id}/days?${new URLSearchParams({ from, to })}`);
  const { data, error } = useFetch(
    paths.length > 0 ? paths : null,
    (api, init): Promise<{ data: IntegrationDay[] }[]> =>
      Promise.all(paths.map(async (path) => (await api(path, init)).json())),
    { keepsPrevious: false },
  );
  const syncedDays = useMemo(() => {
    const names = integrations.length > 1 ? integrations.map((each) => distinctName(each, integrations)) : [];
    return data?.flatMap(({ data }, index) =>
      data.map((day): DayOfOrganization => ({ ...day, organization: names[index] })),
    );
  }, [data, integrations]);
  return { syncedDays, error };
}
