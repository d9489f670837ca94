import { daysToSync } from '../clickhouse/coverage.ts';
import type { IntegrationKey } from '../clickhouse/integrations.ts';
import { addDays } from '../openai/days.ts';
import { WINDOW_DAYS } from '../openai/window.ts';
import { currentIntegration, type Dependencies } from './dependencies.ts';
import { HISTORY_DAYS } from './record-integration.ts';

/** One dataset over up to 31 UTC days, half-open: what one activity reads and writes. */
export type Slice = { dataset: 'costs'; from: string; to: string };
export type Plan = { slices: Slice[]; credential_id: string };

/**
 * Which slices a sync has to read, newest first, and with which key. Planned from what the warehouse has, so a run
 * after a crash, an outage or a rotation does only what is missing.
 * @param today the last UTC day to read
 * @param reread_days days are read again until this many days after they ended; 0 reads only what is missing
 */
export async function planSync(
  dependencies: Dependencies,
  { today, reread_days, ...key }: IntegrationKey & { today: string; reread_days: number },
): Promise<Plan> {
  const { credential_id, history_from } = await currentIntegration(dependencies, key);
  const yearAgo = addDays(today, 1 - HISTORY_DAYS);
  const from = history_from > yearAgo ? history_from : yearAgo;
  const days = await daysToSync(dependencies.warehouse, key, {
    from,
    to: addDays(today, 1),
    rereadDays: reread_days,
  });
  return { slices: toSlices(days), credential_id };
}

/** Neighbouring days, given newest first, as windows that OpenAI answers in one page. */
export function toSlices(days: readonly string[]): Slice[] {
  const slices: Slice[] = [];
  let length = 0;
  for (const day of days) {
    const last = slices.at(-1);
    if (last && last.from === addDays(day, 1) && length < WINDOW_DAYS) {
      last.from = day;
      length += 1;
    } else {
      slices.push({ dataset: 'costs', from: day, to: addDays(day, 1) });
      length = 1;
    }
  }
  return slices;
}
