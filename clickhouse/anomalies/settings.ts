import { z } from 'zod';
import { type AnomalySettings, DEFAULT_SETTINGS, SENSITIVITIES } from '#domain/anomalies/sensitivity.ts';
import { CAUSE_DIMENSIONS } from '#domain/causes/cost-change.ts';
import type { Warehouse } from '../client/client.ts';

/** SQL of a tenant's row; none where it has set nothing. */
export const SETTINGS =
  'SELECT sensitivity, minimum, muted FROM anomaly_settings FINAL WHERE tenant_id = {tenant_id: String}';

export const settings = z.object({
  sensitivity: z.enum(SENSITIVITIES),
  minimum: z.string(),
  muted: z.array(z.object({ dimension: z.enum(CAUSE_DIMENSIONS), value: z.string() })),
});

/** What a tenant has set, or the defaults. */
export async function readAnomalySettings(warehouse: Warehouse, tenantId: string): Promise<AnomalySettings> {
  const [found] = await warehouse.query({
    name: 'anomaly settings',
    sql: SETTINGS,
    params: { tenant_id: tenantId },
    row: settings,
  });
  return found ?? DEFAULT_SETTINGS;
}

export function writeAnomalySettings(warehouse: Warehouse, tenantId: string, settings: AnomalySettings): Promise<void> {
  return warehouse.insert('anomaly_settings', [{ tenant_id: tenantId, version: Date.now(), ...settings }]);
}
