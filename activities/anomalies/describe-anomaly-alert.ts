import { readCostSeries } from '#clickhouse/anomalies/read-costs.ts';
import { readAnomalySettings } from '#clickhouse/anomalies/settings.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { AlertFacts, SubjectOf } from '#domain/alerts/alert.ts';
import { anomalyAlertFacts } from '#domain/anomalies/anomaly-alert.ts';
import { findAnomalies } from '#domain/anomalies/find-anomalies.ts';
import { isSameSubject } from '#domain/anomalies/series.ts';
import { daysOf, today } from '#domain/day.ts';
import { sumDecimals } from '#domain/decimal.ts';
import { anomalySubject } from './anomaly-subject.ts';
import { readRangeChanges } from './read-range-changes.ts';

/** @returns undefined where the costs were restated since, and are as usual */
export async function describeAnomalyAlert(
  warehouse: Warehouse,
  tenantId: string,
  { integration_id, alert_id, from, to }: SubjectOf<'anomaly'>,
): Promise<AlertFacts | undefined> {
  const key = { tenant_id: tenantId, integration_id };
  const range = { from, to };
  const settings = await readAnomalySettings(warehouse, tenantId);
  const costs = await readCostSeries(warehouse, key, { today: today(), minimum: settings.minimum });
  const anomaly = findAnomalies(range, costs, settings).find(
    ({ subject }) => anomalySubject(integration_id, subject, range).alert_id === alert_id,
  );
  const series = anomaly && costs.series.find((each) => isSameSubject(each, anomaly.subject));
  if (!series) return undefined;
  const amount = sumDecimals(daysOf(range).map((day) => series.amounts.get(day) ?? '0'));
  const changes = await readRangeChanges(warehouse, key, range);
  return anomalyAlertFacts({ integration_id, range, ...anomaly, amount, changes });
}
