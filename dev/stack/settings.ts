import type { z } from 'zod';
import type { laptopEnvironment } from '#environment/processes.ts';
import { type TemporalSettings, temporalSettings } from '#environment/temporal-connection.ts';
import type { WantedPort } from './system/ports.ts';

/** What the environment says about the laptop's stack. */
export type LaptopSettings = z.infer<typeof laptopEnvironment>;

/** The ports that the stack will listen on, each with the setting that chooses it. */
export function wantedPorts(settings: LaptopSettings): WantedPort[] {
  const wanted = (variable: 'CLICKHOUSE_PORT' | 'TEMPORAL_PORT' | 'TEMPORAL_UI_PORT') => ({
    variable,
    port: settings[variable],
    host: '127.0.0.1',
  });
  return [
    { variable: 'PORT', port: settings.PORT, host: settings.HOST },
    ...(settings.CLICKHOUSE_URL ? [] : [wanted('CLICKHOUSE_PORT')]),
    ...(settings.TEMPORAL_ADDRESS ? [] : [wanted('TEMPORAL_PORT'), wanted('TEMPORAL_UI_PORT')]),
  ];
}

/** Where this machine reaches the API. */
export function apiUrl({ HOST, PORT }: LaptopSettings): string {
  const everywhere = HOST === '0.0.0.0' || HOST === '::';
  const host = everywhere ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST;
  return `http://${host}:${PORT}`;
}

export function clickhouseUrl({ CLICKHOUSE_URL, CLICKHOUSE_PORT }: LaptopSettings): string {
  return CLICKHOUSE_URL ?? `http://127.0.0.1:${CLICKHOUSE_PORT}`;
}

/** The variables that lead the API and the worker to Temporal; those of a given server are not for an embedded one. */
export function temporalVariables(settings: LaptopSettings): TemporalSettings {
  if (settings.TEMPORAL_ADDRESS) {
    return Object.fromEntries(Object.entries(settings).filter(([name]) => name in temporalSettings));
  }
  return { TEMPORAL_ADDRESS: `127.0.0.1:${settings.TEMPORAL_PORT}`, TEMPORAL_NAMESPACE: settings.TEMPORAL_NAMESPACE };
}

/** Where this machine reaches the Temporal UI; unknown for a given server, unless TEMPORAL_UI_URL is set. */
export function temporalUiUrl({ TEMPORAL_UI_URL, TEMPORAL_ADDRESS, TEMPORAL_UI_PORT }: LaptopSettings) {
  return TEMPORAL_UI_URL ?? (TEMPORAL_ADDRESS ? undefined : `http://127.0.0.1:${TEMPORAL_UI_PORT}`);
}
