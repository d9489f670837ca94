import { listRecorded } from '#clickhouse/alerts/known-alerts.ts';
import { listStanding, noteEvent } from '#clickhouse/alerts/standing-alerts.ts';
import { eventsDay } from '#domain/alerts/daily-events.ts';
import { decideEnds, goOn, nameOf } from '#domain/alerts/standing.ts';
import { today } from '#domain/day.ts';
import { raiseAlert, tellEvents } from '#workflows/contract/commands.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { findEvents } from './find-events.ts';
import { raiseEnded } from './raise-ended.ts';

/**
 * Raises what is to be told of the integrations of all tenants, each once: what was recorded, or is being raised, is left
 * alone. A few statements for all of them together. Goes on with alerts that were ended before they were delivered.
 * `daily`: also what takes reading days; the first hourly look after the daily syncs starts that, by a workflow of its own.
 * @returns how many alerts it raised
 */
export async function raiseEvents(
  { warehouse, temporal }: Pick<Dependencies, 'warehouse' | 'temporal'>,
  { daily }: { daily: boolean },
): Promise<number> {
  const { events: found, kinds, failures } = await findEvents(warehouse, { daily });
  const day = eventsDay(new Date());
  if (!daily && day) await tellEvents(temporal, day).catch((error) => failures.push(error));
  await raiseEnded({ warehouse, temporal }).catch((error) => failures.push(error));
  const standing = await listStanding(warehouse, kinds, today());
  const events = goOn(found, standing);
  const recorded = await listRecorded(
    warehouse,
    events.map(({ subject }) => subject.alert_id),
  );
  const known = new Set(recorded.map(({ tenant_id, alert_id }) => nameOf(tenant_id, alert_id)));
  const raised = events.filter(({ tenant_id, subject }) => !known.has(nameOf(tenant_id, subject.alert_id)));
  for (const { tenant_id, subject } of raised) await raiseAlert(temporal, { tenant_id, is_quiet: false, ...subject });
  // In the histories: what is over, and what is not after all.
  const { ended, rose_again } = decideEnds(standing, events);
  await noteEvent(warehouse, ended, { event: 'ended', at: Date.now() });
  await noteEvent(warehouse, rose_again, { event: 'rose_again', at: Date.now() });
  if (failures.length > 0) throw failures[0];
  return raised.length;
}
