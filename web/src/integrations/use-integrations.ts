import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { useJson } from '../api/use-fetch.ts';

/** The path of the list, and its key among the queries. */
export const INTEGRATIONS = '/v1/integrations';
const FILLING_MS = 2000;
const IDLE_MS = 30_000;

type IntegrationList = { data: IntegrationView[] };

/** The tenant's integrations, polled. When new days have arrived, every other query is fetched again. */
export function useIntegrations() {
  const client = useQueryClient();
  const { data, error } = useJson<IntegrationList>(INTEGRATIONS, {
    polled: (latest) => (latest?.data.some(isFilling) ? FILLING_MS : IDLE_MS),
  });
  const state =
    data && JSON.stringify(data.data.map(({ status, last_synced_at, coverage }) => [status, last_synced_at, coverage]));
  const previous = useRef(state);
  useEffect(() => {
    if (previous.current && state && previous.current !== state) {
      // What is under way goes on: while days arrive by the second, figures that take longer would never come.
      const filters = { predicate: ({ queryKey: [path] }: { queryKey: readonly unknown[] }) => path !== INTEGRATIONS };
      client.invalidateQueries(filters, { cancelRefetch: false });
    }
    previous.current = state;
  }, [state, client]);
  return { integrations: data?.data, error };
}

/** Nothing new is read until it gets a key. */
export const isStopped = ({ status }: IntegrationView) => status === 'action_required' || status === 'disconnected';
export const isFilling = ({ status }: IntegrationView) => status === 'backfilling';
