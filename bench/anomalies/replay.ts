import { type Anomaly, findAnomalies } from '#domain/anomalies/find-anomalies.ts';
import { excessOf, incidentsOf, isOf } from '#domain/anomalies/incidents.ts';
import { daysToRead, rangesToJudge } from '#domain/anomalies/ranges.ts';
import { DEFAULT_SETTINGS, type Sensitivity } from '#domain/anomalies/sensitivity.ts';
import { explainCosts, type Reason } from '#domain/causes/explain-costs.ts';
import { addDays, type DayRange, daysOf } from '#domain/day.ts';
import type { Bill } from './bill.ts';
import { changesOf, seriesOf } from './read-bill.ts';

export type Told = Anomaly & { reason: Reason | undefined };

/** What is told of a bill when each of its days is judged on the day after it. */
export function replay(bill: Bill, { from, to }: DayRange, sensitivity: Sensitivity): Told[] {
  const told: Told[] = [];
  const series = seriesOf(bill);
  for (const today of daysOf({ from: addDays(from, 1), to: addDays(to, 1) })) {
    const complete = new Set(daysOf(daysToRead(today)));
    for (const range of rangesToJudge(today, complete).filter((each) => each.to === today)) {
      const anomalies = findAnomalies(range, { series, complete }, { ...DEFAULT_SETTINGS, sensitivity });
      if (anomalies.length === 0) continue;
      const lately = told
        .filter((each) => each.to > addDays(range.from, -7))
        .map((each) => ({ ...each, excess: excessOf(each) }));
      const changes = changesOf(bill, range);
      for (const incident of incidentsOf(anomalies, changes, lately)) {
        const its = changes.filter((change) => isOf(change, incident.subject));
        told.push({ ...incident, reason: explainCosts(its, range.from).reasons[0]?.reason });
      }
    }
  }
  return told;
}
