import { ANALYST_SETTINGS, refuseSetting } from './analyst-settings.ts';
import { refuseForAnalyst } from './analyst-statement.ts';
import type { Analyst } from './analysts.ts';

/** Refuses what an analyst may not send. @returns the settings that the statement runs with */
export function restrict(sql: string, settings: Record<string, string>, { database }: Analyst): Record<string, string> {
  for (const [name, value] of Object.entries(settings)) refuseSetting(name, value);
  refuseForAnalyst(sql, database);
  return { ...ANALYST_SETTINGS, ...settings };
}
