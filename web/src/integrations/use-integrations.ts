import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { OVERVIEW, useOverview } from '../overview/use-overview.ts';

const FILLING_MS = 2000;
const IDLE_MS = 30_000;

/** The tenant's integrations, polled. When new days have arrived, every other query is fetched again. */
export function useIntegrations() {
  const client = useQueryClient();
  const { overview, error } = useOverview({
    polled: (latest) => (latest?.integrations.some(isFilling) ? FILLING_MS : IDLE_MS),
  });
  const integrations = overview?.integrations;
  const state =
    integrations &&
    JSON.stringify(integrations.map(({ status, last_synced_at, coverage }) => [status, last_synced_at, coverage]));
  const isFillingAny = integrations?.some(isFilling) ?? false;
  const previous = useRef(state);
  useEffect(() => {
    if (previous.current && state && previous.current !== state) askAgain(client, isFillingAny);
    previous.current = state;
  }, [state, isFillingAny, client]);
  return { integrations, error };
}

/** Fetches every query but the overview itself again. */
export async function askAgain(client: QueryClient, isFillingAny: boolean): Promise<void> {
  const filters = { predicate: ({ queryKey: [path] }: { queryKey: readonly unknown[] }) => path !== OVERVIEW };
  // While days arrive by the second, what is under way goes on: figures that take longer would never come. Otherwise
  // it is given up: it may have begun before the last days arrived, and nothing would ask again.
  if (!isFillingAny) await client.cancelQueries(filters);
  await client.invalidateQueries(filters, { cancelRefetch: false });
}

/** Nothing new is read until it gets a key. */
export const isStopped = ({ status }: IntegrationView) => status === 'action_required' || status === 'disconnected';
export const isFilling = ({ status }: IntegrationView) => status === 'backfilling';
