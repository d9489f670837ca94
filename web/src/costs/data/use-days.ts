import useSWR from 'swr';
import type { IntegrationDay } from '#clickhouse/coverage/integration-days.ts';
import type { DayRange } from '#domain/day.ts';
import { useAsk } from '../../api/context.ts';

/** What is known of each day of a range, of all integrations together. */
export function useDays(ids: readonly string[], { from, to }: DayRange) {
  const ask = useAsk();
  const paths = ids.map((id) => `/v1/integrations/${id}/days?${new URLSearchParams({ from, to })}`);
  const { data, error } = useSWR<{ data: IntegrationDay[] }[], Error>(
    paths.length > 0 ? paths : null,
    (paths: string[]) => Promise.all(paths.map(async (path) => (await ask(path)).json())),
  );
  return { known: data?.flatMap(({ data }) => data), error };
}
