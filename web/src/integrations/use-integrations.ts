import { useEffect, useRef } from 'react';
import { useSWRConfig } from 'swr';
import type { IntegrationView } from '#api/routes/integrations/integration-view.ts';
import { useAnswer } from '../api/use-query.ts';

const PATH = '/v1/integrations';
const SOON_MS = 2000;
const LATER_MS = 30_000;

type Answer = { data: IntegrationView[] };

/** The tenant's integrations; as their days arrive, all else that is shown is asked for again. */
export function useIntegrations() {
  const { mutate } = useSWRConfig();
  const { data, error } = useAnswer<Answer>(PATH, {
    refreshInterval: (latest?: Answer) => (latest?.data.some(isFilling) ? SOON_MS : LATER_MS),
  });
  const state =
    data && JSON.stringify(data.data.map(({ status, last_synced_at, coverage }) => [status, last_synced_at, coverage]));
  const shown = useRef(state);
  useEffect(() => {
    if (shown.current && state && shown.current !== state) mutate((key) => key !== PATH);
    shown.current = state;
  }, [state, mutate]);
  return { integrations: data?.data, error };
}

/** Nothing new is read of it, until it gets a key. */
export const isStopped = ({ status }: IntegrationView) => status === 'action_required' || status === 'disconnected';
export const isFilling = ({ status }: IntegrationView) => status === 'backfilling';
