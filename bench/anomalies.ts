// Replays years of the simulator day by day, and counts false alarms and missed spikes.

import { type Anomaly, findAnomalies } from '#domain/anomalies/find-anomalies.ts';
import { excessOf, incidentsOf, isOf } from '#domain/anomalies/incidents.ts';
import { daysToRead, rangesToJudge } from '#domain/anomalies/ranges.ts';
import { DEFAULT_SETTINGS, type Sensitivity } from '#domain/anomalies/sensitivity.ts';
import { explainCosts } from '#domain/causes/explain-costs.ts';
import { addDays, type Day, daysOf } from '#domain/day.ts';
import { type Bill, billOf } from './anomalies/bill.ts';
import { changesOf, seriesOf } from './anomalies/read-bill.ts';
import { SPIKE_KINDS, type Spike, withSpikes } from './anomalies/spikes.ts';

const FROM = '2025-11-01';
const TO = '2026-11-01';
const SEEDS = (process.env.SEEDS ?? 'acme globex initech umbrella').split(' ');
const FACTS_PER_DAY = [12, 100];

export type Told = Anomaly & { reason: string };

export function replay(bill: Bill, sensitivity: Sensitivity, from: Day, to: Day): Told[] {
  const told: Told[] = [];
  const series = seriesOf(bill);
  for (const today of daysOf({ from: addDays(from, 1), to: addDays(to, 1) })) {
    const read = daysToRead(today);
    const costs = { series, complete: new Set(daysOf(read)) };
    const newest = rangesToJudge(today, costs.complete).filter((range) => range.to === today);
    for (const range of newest) {
      const anomalies = findAnomalies(range, costs, { ...DEFAULT_SETTINGS, sensitivity });
      if (anomalies.length === 0) continue;
      const lately = told
        .filter((each) => each.to > addDays(range.from, -7))
        .map((each) => ({ subject: each.subject, excess: excessOf(each) }));
      const changes = changesOf(bill, range);
      for (const incident of incidentsOf(anomalies, changes, lately)) {
        const { reasons } = explainCosts(
          changes.filter((change) => isOf(change, incident.subject)),
          range.from,
        );
        told.push({ ...incident, reason: reasons[0]?.reason ?? '' });
      }
    }
  }
  return told;
}

const years = SEEDS.flatMap((seed) =>
  FACTS_PER_DAY.map((facts) => ({ seed: `${seed} ${facts}`, bill: billOf(seed, facts, FROM, TO) })),
);
const START = addDays(FROM, 70);
const months = (years.length * daysOf({ from: START, to: TO }).length) / 30.4;
const covers = (spike: Spike, told: Told) => told.from < addDays(spike.from, spike.days + 7) && told.to > spike.from;

for (const sensitivity of ['low', 'medium', 'high'] as const) {
  const started = Date.now();
  let quietFalse = 0;
  const kinds = new Map(SPIKE_KINDS.map((kind) => [kind, { all: 0, found: 0, right: 0 }]));
  let alarms = 0;
  let others = 0;
  let doubled = 0;
  for (const { seed, bill } of years) {
    const plain = replay(bill, sensitivity, START, TO);
    quietFalse += plain.length;
    if (process.env.SHOW)
      for (const each of plain)
        console.log(
          'plain',
          sensitivity,
          seed,
          each.from,
          each.to,
          each.subject.dimension,
          each.subject.value.slice(0, 30),
          each.usual.toFixed(0),
          each.amount.toFixed(0),
          each.reason,
        );
    const { bill: odd, spikes } = withSpikes(seed, bill, START);
    const told = replay(odd, sensitivity, START, TO);
    alarms += told.length;
    for (const spike of spikes) {
      const count = kinds.get(spike.kind);
      if (!count) continue;
      const those = told.filter((each) => covers(spike, each));
      count.all += 1;
      const first = those.find((each) => each.from >= spike.from || each.to > spike.from);
      if (first) count.found += 1;
      if (first?.reason === spike.reason) count.right += 1;
      if (those.length > 1) doubled += those.length - 1;
      if (process.env.SHOW && (!first || first.reason !== spike.reason || those.length > 1)) {
        console.log(
          sensitivity,
          seed,
          spike.kind,
          spike.from,
          spike.excess.toFixed(0),
          Object.values(spike.hits)[0],
          those.map(
            (each) =>
              `${each.from} ${each.to === addDays(each.from, 1) ? '' : 'week'} ${each.subject.dimension} ${each.subject.value.slice(0, 20)} ${each.usual.toFixed(0)}→${each.amount.toFixed(0)} ${each.reason}`,
          ),
        );
      }
    }
    others += told.filter((each) => !spikes.some((spike) => covers(spike, each))).length;
  }
  console.log(
    sensitivity,
    'false a month, plain',
    (quietFalse / months).toFixed(2),
    'spiked',
    (others / months).toFixed(2),
    'alarms',
    alarms,
    'doubled',
    doubled,
    `${Date.now() - started} ms`,
  );
  for (const [kind, { all, found, right }] of kinds)
    console.log('  ', kind, `${found} of ${all}, cause right ${right}`);
}
