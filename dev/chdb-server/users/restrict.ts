import type { Catalog } from '../engine/catalog.ts';
import { ANALYST_SETTINGS, refuseSetting } from './analyst-settings.ts';
import { refuseForAnalyst } from './analyst-statement.ts';
import type { Analyst } from './analysts.ts';

type Sent = { settings: Record<string, string>; parameters: Record<string, string> };

/** Refuses what an analyst may not send. @returns the settings that the statement runs with */
export function restrict(
  sql: string,
  { settings, parameters }: Sent,
  { database }: Analyst,
  catalog: Catalog,
): Record<string, string> {
  for (const [name, value] of Object.entries(settings)) refuseSetting(name, value, catalog);
  refuseForAnalyst(sql, { database, parameters, catalog });
  return { ...ANALYST_SETTINGS, ...settings };
}
