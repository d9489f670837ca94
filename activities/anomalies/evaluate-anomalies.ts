import { readCostSeries } from '#clickhouse/anomalies/read-costs.ts';
import { readAnomalySettings } from '#clickhouse/anomalies/settings.ts';
import { type AlertOfAnomaly, listToldAnomalies } from '#clickhouse/anomalies/told-anomalies.ts';
import { findAnomalies } from '#domain/anomalies/find-anomalies.ts';
import { excessOf, incidentsOf, type ToldAnomaly } from '#domain/anomalies/incidents.ts';
import { rangesToJudge } from '#domain/anomalies/ranges.ts';
import type { CostSubject } from '#domain/anomalies/series.ts';
import { CAUSE_DIMENSIONS } from '#domain/causes/cost-change.ts';
import { addDays, today } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { raiseAlert } from '#workflows/contract/commands.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { anomalySubject } from './anomaly-subject.ts';
import { readRangeChanges } from './read-range-changes.ts';

type Context = Pick<Dependencies, 'warehouse' | 'temporal'>;

/** What was told of the week before a range is not told again. */
const TOLD_DAYS = 7;

/**
 * Judges the latest days of an integration, and raises what cost far more than usual. It can be run again, and by two
 * workers at once: Temporal gives out an alert's id once. @returns how many alerts it raised
 */
export async function evaluateAnomalies({ warehouse, temporal }: Context, key: IntegrationKey): Promise<number> {
  const settings = await readAnomalySettings(warehouse, key.tenant_id);
  if (settings.sensitivity === 'off') return 0;
  const now = today();
  const costs = await readCostSeries(warehouse, key, { today: now, minimum: settings.minimum });
  const found = rangesToJudge(now, costs.complete)
    .map((range) => ({ range, anomalies: findAnomalies(range, costs, settings) }))
    .filter(({ anomalies }) => anomalies.length > 0);
  if (found.length === 0) return 0;

  const told = (await listToldAnomalies(warehouse, key, addDays(now, -3 * TOLD_DAYS))).map(toTold);
  let count = 0;
  for (const { range, anomalies } of found) {
    const toldOfIt = told.filter(
      ({ from, to }) => to > addDays(range.from, -TOLD_DAYS) && from < addDays(range.to, TOLD_DAYS),
    );
    const changes = await readRangeChanges(warehouse, key, range);
    for (const incident of incidentsOf(anomalies, changes, toldOfIt)) {
      const subject = anomalySubject(key.integration_id, incident.subject, range);
      await raiseAlert(temporal, { tenant_id: key.tenant_id, ...subject, is_quiet: false });
      told.push({ ...range, subject: incident.subject, excess: excessOf(incident) });
      count += 1;
    }
  }
  return count;
}

function toTold({ from, to, filters, currency, spent, usual }: AlertOfAnomaly): ToldAnomaly {
  const dimension: CostSubject['dimension'] = CAUSE_DIMENSIONS.find((name) => filters[name]) ?? 'organization';
  const subject = { dimension, value: filters[dimension]?.[0] ?? '', currency };
  const excess = excessOf({ from, to, subject, amount: Number(spent), usual: Number(usual) });
  return { from, to, subject, excess };
}
