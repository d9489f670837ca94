import { expect, test } from 'vitest';
import { anomalySubject } from '#activities/anomalies/anomaly-subject.ts';
import { type Bill, billOf } from '#bench/anomalies/bill.ts';
import { changesOf, seriesOf } from '#bench/anomalies/read-bill.ts';
import { type Spike, withSpikes } from '#bench/anomalies/spikes.ts';
import { type Anomaly, findAnomalies } from '#domain/anomalies/find-anomalies.ts';
import { excessOf, incidentsOf, isOf } from '#domain/anomalies/incidents.ts';
import { daysToRead, rangesToJudge } from '#domain/anomalies/ranges.ts';
import { DEFAULT_SETTINGS } from '#domain/anomalies/sensitivity.ts';
import { explainCosts } from '#domain/causes/explain-costs.ts';
import { addDays, type Day, daysOf, lengthOf } from '#domain/day.ts';

// Three months as they come: each day is first read with a part of its costs, and restated for two days after. Credits
// and one-off charges are among them. All that is recorded is an alert's id, as in Temporal and in the warehouse.

const FROM = '2026-06-20';
const TO = '2026-09-20';
/** What has come of a day on the first and on the second day after it, in percent. */
const ARRIVED = [70n, 90n];

const { bill, spikes } = withSpikes('replayed', billOf('replayed', 12, addDays(FROM, -70), TO), addDays(FROM, 3));

/** The bill as it is on a day, as far back as a sync looks. */
function asOf(today: Day): Bill {
  return new Map(
    daysOf(daysToRead(today)).map((day) => {
      const lines = bill.get(day) ?? [];
      const percent = ARRIVED[lengthOf({ from: day, to: today }) - 1] ?? 100n;
      const part = (whole: bigint) => (whole * percent) / 100n;
      return [
        day,
        lines.map((line) => ({ ...line, amount: part(line.amount), quantity: line.quantity && part(line.quantity) })),
      ];
    }),
  );
}

type Told = Anomaly & { id: string; reason: string | undefined };

/** Judges all that a sync judges. */
function judge(today: Day, told: readonly Told[]): Told[] {
  const now = asOf(today);
  const read = daysToRead(today);
  const costs = { series: seriesOf(now), complete: new Set(daysOf(read)) };
  const raised: Told[] = [];
  for (const range of rangesToJudge(today, costs.complete)) {
    const lately = [...told, ...raised]
      .filter(({ from, to }) => to > addDays(range.from, -7) && from < addDays(range.to, 7))
      .map((each) => ({ ...each, excess: excessOf(each) }));
    const anomalies = findAnomalies(range, costs, DEFAULT_SETTINGS);
    const changes = anomalies.length > 0 ? changesOf(now, range) : [];
    for (const incident of incidentsOf(anomalies, changes, lately)) {
      const its = changes.filter((change) => isOf(change, incident.subject));
      const reason = explainCosts(its, range.from).reasons[0]?.reason;
      raised.push({ ...incident, id: anomalySubject('i', incident.subject, range).alert_id, reason });
    }
  }
  return raised;
}

test('what leaps is told once, with its cause, and nothing else is', () => {
  const told: Told[] = [];
  for (const today of daysOf({ from: FROM, to: addDays(TO, 1) })) {
    const raised = judge(today, told);
    told.push(...raised);
    // Judged again, as after a killed worker: nothing is told that has no record yet.
    const again = raised.length > 0 ? judge(today, told) : [];
    expect(again.filter(({ id }) => !told.some((each) => each.id === id))).toEqual([]);
  }
  const isOfSpike = ({ from, to }: Anomaly, spike: Spike) => from < addDays(spike.from, spike.days) && to > spike.from;
  const result = spikes.map((spike) => {
    const those = told.filter((each) => isOfSpike(each, spike));
    return [spike.kind, spike.from, ...those.map(({ reason }) => (reason === spike.reason ? 'told' : reason))];
  });
  expect(result).toEqual(spikes.map(({ kind, from }) => [kind, from, 'told']));
  expect(told.filter((each) => !spikes.some((spike) => isOfSpike(each, spike)))).toEqual([]);
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
});
