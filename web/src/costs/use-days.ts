import useSWR from 'swr';
import type { IntegrationDay } from '../../../clickhouse/days.ts';
import { useAsk } from '../api/ask-context.ts';
import type { Days } from './range.ts';

/** What is known of each day of a range, of all integrations together. */
export function useDays(ids: readonly string[], { from, to }: Days): IntegrationDay[] | undefined {
  const ask = useAsk();
  const paths = ids.map((id) => `/v1/integrations/${id}/days?${new URLSearchParams({ from, to })}`);
  const { data } = useSWR(paths.length > 0 ? paths : null, (paths: string[]) =>
    Promise.all(paths.map(async (path) => (await ask(path)).json() as Promise<{ data: IntegrationDay[] }>)),
  );
  return data?.flatMap(({ data }) => data);
}
