import { listRecorded } from '#clickhouse/alerts/known-alerts.ts';
import { raiseAlert } from '#workflows/contract/commands.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { findEvents } from './find-events.ts';
import { raiseEnded } from './raise-ended.ts';

/**
 * Raises what is to be told of the integrations of all tenants, each once: what was recorded, or is being raised, is left
 * alone. A few statements for all of them together. Goes on with alerts that were ended before they were delivered.
 * @returns how many alerts it raised
 */
export async function raiseEvents(
  { warehouse, temporal }: Pick<Dependencies, 'warehouse' | 'temporal'>,
  { daily }: { daily: boolean },
): Promise<number> {
  await raiseEnded({ warehouse, temporal });
  const { events, failures } = await findEvents(warehouse, { daily });
  const recorded = await listRecorded(
    warehouse,
    events.map(({ subject }) => subject.alert_id),
  );
  const nameOf = (tenantId: string, alertId: string) => JSON.stringify([tenantId, alertId]);
  const known = new Set(recorded.map(({ tenant_id, alert_id }) => nameOf(tenant_id, alert_id)));
  const raised = events.filter(({ tenant_id, subject }) => !known.has(nameOf(tenant_id, subject.alert_id)));
  for (const { tenant_id, subject } of raised) await raiseAlert(temporal, { tenant_id, is_quiet: false, ...subject });
  if (failures.length > 0) throw failures[0];
  return raised.length;
}
