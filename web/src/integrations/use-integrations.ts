import { useEffect, useRef } from 'react';
import { useSWRConfig } from 'swr';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { useQuery } from '../api/use-query.ts';

const PATH = '/v1/integrations';
const FILLING_MS = 2000;
const IDLE_MS = 30_000;

type IntegrationList = { data: IntegrationView[] };

/** The tenant's integrations, polled. When new days have arrived, every other query is fetched again. */
export function useIntegrations() {
  const { mutate } = useSWRConfig();
  const { data, error } = useQuery<IntegrationList>(PATH, {
    refreshInterval: (latest?: IntegrationList) => (latest?.data.some(isFilling) ? FILLING_MS : IDLE_MS),
  });
  const state =
    data && JSON.stringify(data.data.map(({ status, last_synced_at, coverage }) => [status, last_synced_at, coverage]));
  const previous = useRef(state);
  useEffect(() => {
    if (previous.current && state && previous.current !== state) mutate((key) => key !== PATH);
    previous.current = state;
  }, [state, mutate]);
  return { integrations: data?.data, error };
}

/** Nothing new is read until it gets a key. */
export const isStopped = ({ status }: IntegrationView) => status === 'action_required' || status === 'disconnected';
export const isFilling = ({ status }: IntegrationView) => status === 'backfilling';
