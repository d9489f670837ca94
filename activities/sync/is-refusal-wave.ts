import { log, metricMeter } from '@temporalio/activity';
import { countRefused } from '#clickhouse/integrations/count-refused.ts';
import type { Dependencies } from '../context/dependencies.ts';

const WINDOW_MS = 3_600_000;
const FEWEST = 5;
const SHARE = 0.05;

/**
 * Whether OpenAI refuses so many tenants within the hour that the fault must be its own: tenants revoke their keys one
 * by one. Called at the moment of a refusal, which counts.
 */
export async function isRefusalWave({ warehouse }: Pick<Dependencies, 'warehouse'>, tenant_id: string) {
  const { others_refused, tenants } = await countRefused(warehouse, { tenant_id, since: Date.now() - WINDOW_MS });
  const refused = others_refused + 1;
  if (refused < FEWEST || refused <= SHARE * tenants) return false;
  log.error('OpenAI refuses the keys of many tenants: not held against the keys', { refused, tenants });
  metricMeter
    .createCounter('pump_refusals_excused', undefined, 'Refused keys not held against them: many tenants were refused')
    .add(1);
  return true;
}
