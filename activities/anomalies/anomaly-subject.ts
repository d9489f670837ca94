import { hash } from 'node:crypto';
import type { SubjectOf } from '#domain/alerts/alert.ts';
import { isOneDay } from '#domain/anomalies/ranges.ts';
import type { CostSubject } from '#domain/anomalies/series.ts';
import type { DayRange } from '#domain/day.ts';

/** An anomaly is named by what it is of and by the first day, so that there is one by construction. */
export function anomalySubject(
  integration_id: string,
  { dimension, value, currency }: CostSubject,
  { from, to }: DayRange,
): SubjectOf<'anomaly'> {
  const digest = hash('sha256', JSON.stringify([integration_id, dimension, value, currency]), 'hex').slice(0, 16);
  const alert_id = `anomaly-${digest}-${from}${isOneDay({ from, to }) ? '' : '-week'}`;
  return { kind: 'anomaly', alert_id, integration_id, from, to };
}
