import { expect, test } from 'vitest';
import { type Bill, billOf, type Line } from '#bench/anomalies/bill.ts';
import { withCharges, withPause } from '#bench/anomalies/charges.ts';
import { changesOf, seriesOf } from '#bench/anomalies/read-bill.ts';
import { putSpike, type Spike, type SpikeKind } from '#bench/anomalies/spikes.ts';
import { hasRightCause, isOfSpike } from '#bench/anomalies/told-spike.ts';
import { type Incident, judgeRanges } from '#domain/anomalies/judge-ranges.ts';
import { daysToRead, olderDays, rangesToJudge } from '#domain/anomalies/ranges.ts';
import { DEFAULT_SETTINGS } from '#domain/anomalies/sensitivity.ts';
import { type KnownAnomaly, restatementsOf } from '#domain/anomalies/told.ts';
import { addDays, type Day, daysOf, lengthOf } from '#domain/day.ts';

// A year as it comes, judged each day by what a sync judges with. A day is first read with a part of its costs, and
// restated for two days after; what leaps on some days comes weeks later, or is credited. One-off charges, credits and
// holidays are among them. All that is kept is what is recorded of an alert.

const FROM = '2025-05-05';
const TO = '2026-05-04';
/** What has come of a day on the first and on the second day after it, in percent. */
const ARRIVED = [70n, 90n];
const HOLIDAYS = { from: '2025-12-22', to: '2026-01-05' };

const LOOP = 'a key runs in a loop for a day: 5 × its use';
const LEAK = 'a new key spends in a project for a day';
/** What leaps, from which day on, and which of its kind by their costs. `comes`, `goes`: when a sync first reads that. */
const LEAPS: [SpikeKind, Day, place: number, on?: { comes?: Day; goes?: Day }][] = [
  [LOOP, '2025-06-17', 0],
  [LEAK, '2025-07-02', 1],
  ['a line item costs three times as much for three days', '2025-07-22', 0],
  ['a new model is tried in a project for a day', '2025-08-07', 0],
  [LOOP, '2025-08-26', 0],
  ['a key runs in a loop again after two to six days', '2025-08-28', 0],
  [LOOP, '2025-09-16', 1],
  ['a new key spends two to six days after another ran in a loop', '2025-09-18', 1],
  ['a project costs three times as much for good', '2025-10-14', 1],
  [LEAK, '2025-11-05', 0, { comes: '2025-11-24' }],
  ['a key stops for five days', '2025-12-02', 0],
  [LOOP, '2026-01-20', 0],
  // Of a day that was told, and of another key of the same project.
  [LEAK, '2026-01-20', 0, { comes: '2026-02-02' }],
  [LOOP, '2026-02-10', 1, { goes: '2026-02-16' }],
  ['a project costs 1.5 times as much for a week', '2026-03-09', 0],
  [LOOP, '2026-04-08', 1],
];

const bill = withPause(withCharges('replayed', billOf('replayed', 8, addDays(FROM, -70), TO), FROM), HOLIDAYS);
const places = {
  project_id: busiest('project_id'),
  api_key_id: busiest('api_key_id'),
  line_item: busiest('line_item'),
};
/** Days in several states, each from the day on which it is first read. */
const later = new Map<Day, { from: Day; lines: readonly Line[] }[]>();
const spikes: Spike[] = LEAPS.map(([kind, from, place, { comes, goes } = {}]) => {
  const before = bill.get(from) ?? [];
  const by = kind.includes('line item') ? 'line_item' : kind.startsWith('a key') ? 'api_key_id' : 'project_id';
  const spike = putSpike(bill, kind, from, places[by][place] ?? '');
  const states = later.get(from) ?? [];
  if (comes) states.push({ from: comes, lines: bill.get(from) ?? [] });
  if (goes) states.push({ from: goes, lines: before });
  if (comes) bill.set(from, before);
  later.set(from, states);
  return spike;
});

function busiest(by: 'project_id' | 'api_key_id' | 'line_item'): string[] {
  const sums = new Map<string, bigint>();
  for (const line of [...bill.values()].flat()) sums.set(line[by], (sums.get(line[by]) ?? 0n) + line.amount);
  return [...sums].sort(([, a], [, b]) => Number(b - a)).map(([value]) => value);
}

/** The bill as a sync of a day reads it. */
function asOf(today: Day, from: Day): Bill {
  return new Map(
    daysOf({ from, to: today }).map((day) => {
      const lines = later.get(day)?.findLast((state) => state.from <= today)?.lines ?? bill.get(day) ?? [];
      const percent = ARRIVED[lengthOf({ from: day, to: today }) - 1];
      const part = (whole: bigint) => (whole * (percent ?? 100n)) / 100n;
      const arrived = ({ amount, quantity, ...line }: Line): Line => ({
        ...{ ...line, amount: part(amount), quantity: quantity && part(quantity) },
      });
      return [day, percent ? lines.map(arrived) : lines];
    }),
  );
}

/** What a sync changed in the week before a day, of the days that have ended long ago. */
const changedBefore = (today: Day): Day[] =>
  daysOf(olderDays(today)).filter((day) =>
    later.get(day)?.some(({ from }) => from <= today && from > addDays(today, -7)),
  );

/** Judges all that a sync judges. */
async function judge(today: Day, told: readonly KnownAnomaly[]) {
  const changed = changedBefore(today);
  const read = daysToRead(today, changed[0]);
  const now = asOf(today, read.from);
  const costs = { series: seriesOf(now), complete: new Set(daysOf(read)) };
  const judged = { today, integration_id: 'i', costs, settings: DEFAULT_SETTINGS, told };
  const ranges = rangesToJudge(today, costs.complete, changed);
  const restatements = restatementsOf(told, costs);
  return { restatements, incidents: await judgeRanges(ranges, judged, async (range) => changesOf(now, range)) };
}

type Recorded = KnownAnomaly & Incident & { history: string[] };

test('what leaps in a year is told once, with who and why, and nothing else is; what is restated is noted', async () => {
  const told: Recorded[] = [];
  const lately = (today: Day) => told.filter(({ to }) => to > addDays(today, -60));
  for (const today of daysOf({ from: FROM, to: addDays(TO, 1) })) {
    const { incidents, restatements } = await judge(today, lately(today));
    for (const { alert, event, spent } of restatements) {
      const known = told.find(({ alert_id }) => alert_id === alert.alert_id) as Recorded;
      Object.assign(known, { standing: event, noted: Number(spent), events: known.events + 1 });
      known.history.push(event);
    }
    told.push(
      ...incidents.map((each) => ({
        ...each,
        noted: each.amount,
        standing: 'raised' as const,
        events: 1,
        history: [],
      })),
    );
    // Judged again, as after a killed worker: nothing is to be told or noted that is not recorded.
    if (incidents.length > 0) expect(await judge(today, lately(today))).toEqual({ restatements: [], incidents: [] });
  }
  const histories = spikes.map((spike) =>
    told.filter((each) => isOfSpike(each, spike) && hasRightCause(each, spike)).map(({ history }) => history),
  );
  expect(histories.map((each) => each.length)).toEqual(spikes.map(() => 1));
  expect(told).toHaveLength(spikes.length);
  expect(new Set(told.map(({ alert_id }) => alert_id)).size).toBe(told.length);
  const fell = LEAPS.map(([, , , on]) => on?.goes !== undefined);
  expect(histories.map(([history]) => history?.includes('fell_below'))).toEqual(fell);
});
