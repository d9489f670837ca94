import { readCostsState } from '#clickhouse/anomalies/costs-state.ts';
import { readCostSeries } from '#clickhouse/anomalies/read-costs.ts';
import { readAnomalySettings } from '#clickhouse/anomalies/settings.ts';
import { listToldAnomalies } from '#clickhouse/anomalies/told-anomalies.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { AlertFacts, SubjectOf } from '#domain/alerts/alert.ts';
import { anomalyAlertFacts } from '#domain/anomalies/anomaly-alert.ts';
import { judgeRanges } from '#domain/anomalies/judge-ranges.ts';
import { daysToRead } from '#domain/anomalies/ranges.ts';
import { isSameSubject } from '#domain/anomalies/series.ts';
import { daysOf, today } from '#domain/day.ts';
import { sumDecimals } from '#domain/decimal.ts';
import { readRangeChanges } from './read-range-changes.ts';
import { requireSameCosts } from './require-same-costs.ts';

/**
 * Judges the range once more, beside what was recorded meanwhile.
 * @returns undefined where its costs were restated since and are as usual, or where another alert tells it by now
 * @throws ApplicationFailure `costs_changed` where a sync wrote meanwhile
 */
export async function describeAnomalyAlert(
  warehouse: Warehouse,
  tenantId: string,
  { integration_id, alert_id, from, to }: SubjectOf<'anomaly'>,
): Promise<AlertFacts | undefined> {
  const key = { tenant_id: tenantId, integration_id };
  const range = { from, to };
  const read = daysToRead(today(), from);
  const state = await readCostsState(warehouse, key, read.from);
  const settings = await readAnomalySettings(warehouse, tenantId);
  const told = await listToldAnomalies(warehouse, key, read.from);
  const costs = await readCostSeries(warehouse, key, { range: read, minimum: settings.minimum, told });
  const incidents = await judgeRanges([range], { today: today(), integration_id, costs, settings, told }, (each) =>
    readRangeChanges(warehouse, key, each),
  );
  await requireSameCosts(warehouse, key, { from: read.from, state });
  const incident = incidents.find((each) => each.alert_id === alert_id);
  const series = incident && costs.series.find((each) => isSameSubject(each, incident.subject));
  if (!series) return undefined;
  const amount = sumDecimals(daysOf(range).map((day) => series.amounts.get(day) ?? '0'));
  return anomalyAlertFacts({ ...incident, integration_id, range, amount });
}
