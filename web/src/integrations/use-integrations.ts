import { type QueryClient, useQueryClient } from '@tanstack/react-query';
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
  const isFillingAny = data?.data.some(isFilling) ?? false;
  const previous = useRef(state);
  useEffect(() => {
    if (previous.current && state && previous.current !== state) askAgain(client, isFillingAny);
    previous.current = state;
  }, [state, isFillingAny, client]);
  return { integrations: data?.data, error };
}

/** Fetches every query but the list itself again. */
export async function askAgain(client: QueryClient, isFillingAny: boolean): Promise<void> {
  const filters = { predicate: ({ queryKey: [path] }: { queryKey: readonly unknown[] }) => path !== INTEGRATIONS };
  // While days arrive by the second, what is under way goes on: figures that take longer would never come. Otherwise
  // it is given up: it may have begun before the last days arrived, and nothing would ask again.
  if (!isFillingAny) await client.cancelQueries(filters);
  await client.invalidateQueries(filters, { cancelRefetch: false });
}

/** Nothing new is read until it gets a key. */
export const isStopped = ({ status }: IntegrationView) => status === 'action_required' || status === 'disconnected';
export const isFilling = ({ status }: IntegrationView) => status === 'backfilling';
