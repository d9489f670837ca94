import { noteRestatement } from '#clickhouse/anomalies/note-restatement.ts';
import { readCostSeries } from '#clickhouse/anomalies/read-costs.ts';
import { readKnown } from '#clickhouse/anomalies/read-known.ts';
import { judgeRanges } from '#domain/anomalies/judge-ranges.ts';
import { daysToRead, olderDays, rangesToJudge } from '#domain/anomalies/ranges.ts';
import { restatementsOf } from '#domain/anomalies/told.ts';
import { today } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { raiseAlert } from '#workflows/contract/commands.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { readRangeChanges } from './read-range-changes.ts';
import { requireSameCosts } from './require-same-costs.ts';

type Context = Pick<Dependencies, 'warehouse' | 'temporal'>;

/**
 * Judges the days of an integration that ended or were changed lately: notes what was restated of what was told, and
 * raises what cost far more than usual. It can be run again, and by two workers at once: Temporal gives out an alert's id
 * once.
 * @returns how many alerts it raised
 * @throws ApplicationFailure `costs_changed` where a sync wrote meanwhile
 */
export async function evaluateAnomalies({ warehouse, temporal }: Context, key: IntegrationKey): Promise<number> {
  const now = today();
  const older = olderDays(now);
  const { from: earliest } = daysToRead(now, older.from);
  const known = await readKnown(warehouse, key, { range: older, endsAfter: earliest });
  const { settings, changed, state } = known;
  if (settings.sensitivity === 'off') return 0;
  const read = daysToRead(now, changed[0]);
  const told = known.told.filter(({ to }) => to > read.from);
  const costs = await readCostSeries(warehouse, key, { range: read, minimum: settings.minimum, told });
  for (const restatement of restatementsOf(told, costs)) {
    await noteRestatement(warehouse, key.tenant_id, restatement);
  }
  const { integration_id } = key;
  const incidents = await judgeRanges(
    rangesToJudge(now, costs.complete, changed),
    { today: now, integration_id, costs, settings, told },
    (range) => readRangeChanges(warehouse, key, range),
  );
  if (incidents.length > 0) await requireSameCosts(warehouse, key, { from: earliest, state });
  for (const { alert_id, from, to } of incidents) {
    const alert = { kind: 'anomaly', alert_id, integration_id, from, to, is_quiet: false } as const;
    await raiseAlert(temporal, { tenant_id: key.tenant_id, ...alert });
  }
  return incidents.length;
}
