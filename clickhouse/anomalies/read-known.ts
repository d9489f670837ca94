import { z } from 'zod';
import { type AnomalySettings, DEFAULT_SETTINGS } from '#domain/anomalies/sensitivity.ts';
import type { KnownAnomaly } from '#domain/anomalies/told.ts';
import type { Day, DayRange } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { CHANGED_DAYS, changedDaysParams } from './changed-days.ts';
import { COSTS_STATE } from './costs-state.ts';
import { SETTINGS, settings } from './settings.ts';
import { TOLD, toldAnomaly } from './told-anomalies.ts';

const known = z.object({
  settings: z.array(settings),
  changed: z.array(z.string()),
  told: z.array(toldAnomaly),
  state: z.string(),
});

/** `state`: of the costs from `endsAfter` on, by `readCostsState`. */
export type Known = { settings: AnomalySettings; changed: Day[]; told: KnownAnomaly[]; state: string };

/**
 * What is known before an integration's costs are judged: the tenant's settings, the days of a range that changed lately,
 * the alerts that end after a day, and of which state the costs are. One statement, since every sync asks.
 */
export async function readKnown(
  warehouse: Warehouse,
  { tenant_id, integration_id }: IntegrationKey,
  { range, endsAfter }: { range: DayRange; endsAfter: Day },
): Promise<Known> {
  const [found] = await warehouse.query({
    name: 'known of anomalies',
    sql: `SELECT
            (SELECT groupArray(tuple(sensitivity, minimum, muted)) FROM (${SETTINGS})) AS settings,
            (SELECT groupArray(day) FROM (${CHANGED_DAYS})) AS changed,
            (SELECT groupArray(tuple(alert_id, \`from\`, \`to\`, filters, currency, causes, amount, usual, noted, standing, events))
             FROM (${TOLD})) AS told,
            (${COSTS_STATE}) AS state
          SETTINGS enable_named_columns_in_function_tuple = 1`,
    params: { tenant_id, integration_id, ends_after: endsAfter, state_from: endsAfter, ...changedDaysParams(range) },
    row: known,
  });
  if (!found) throw new Error('ClickHouse returned no row for what is known of anomalies, which has exactly one.');
  return { ...found, settings: found.settings[0] ?? DEFAULT_SETTINGS };
}
