import { useQueryClient } from '@tanstack/react-query';
import type { AnomalySettings } from '#domain/anomalies/sensitivity.ts';
import { jsonBody } from '../api/client.ts';
import { useApi } from '../api/context.ts';
import { useJson } from '../api/use-fetch.ts';

const SETTINGS = '/v1/anomaly-settings';

/** When costs are unusual, and what is muted. */
export function useAnomalySettings() {
  const { data: settings, error } = useJson<AnomalySettings>(SETTINGS);
  return { settings, error };
}

/** Changes a part of them. The API takes them as a whole: the rest is sent as it is by then, and not as it was displayed. */
export function useChangeAnomalySettings() {
  const api = useApi();
  const client = useQueryClient();
  return async (change: (latest: AnomalySettings) => Partial<AnomalySettings>) => {
    await inTurn(async () => {
      const latest: AnomalySettings = await (await api(SETTINGS)).json();
      await api(SETTINGS, jsonBody('PUT', { ...latest, ...change(latest) }));
    });
    await client.invalidateQueries({ queryKey: [SETTINGS] });
  };
}

/** One change at a time in all tabs: each reads what the one before wrote. Browsers have locks over https or on localhost. */
const inTurn = (change: () => Promise<void>): Promise<void> =>
  'locks' in navigator ? navigator.locks.request(SETTINGS, change) : change();
