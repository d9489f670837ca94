import { useMemo } from 'react';
import useSWR from 'swr';
import type { IntegrationDay } from '../../../clickhouse/days.ts';
import { useSession } from '../api/session-context.ts';

/** The days of a range that OpenAI changed after they had ended, and when that was seen. */
export function useRestated(ids: readonly string[], { from, to }: { from: string; to: string }) {
  const { ask } = useSession();
  const paths = ids.map((id) => `/v1/integrations/${id}/days?${new URLSearchParams({ from, to })}`);
  const { data } = useSWR(paths.length > 0 ? paths : null, (paths: string[]) =>
    Promise.all(paths.map(async (path) => (await ask(path)).json() as Promise<{ data: IntegrationDay[] }>)),
  );
  return useMemo(
    () =>
      new Map(
        (data ?? []).flatMap(({ data }) =>
          data.flatMap(({ day, restated_at }) => (restated_at ? [[day, restated_at] as const] : [])),
        ),
      ),
    [data],
  );
}
