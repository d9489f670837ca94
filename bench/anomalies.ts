// Writes into docs/alerts.md how often anomalies of the simulator's year are found, and how often nothing is the matter.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isFall } from '#domain/anomalies/falls.ts';
import type { Incident } from '#domain/anomalies/judge-ranges.ts';
import { addDays, type DayRange, daysOf } from '#domain/day.ts';
import { billOf } from './anomalies/bill.ts';
import { withCharges, withPause } from './anomalies/charges.ts';
import { replay } from './anomalies/replay.ts';
import { SPIKE_KINDS, type Spike, withSpikes } from './anomalies/spikes.ts';
import { hasRightCause, isOfSpike } from './anomalies/told-spike.ts';

const FROM = '2025-11-01';
const TO = '2026-11-01';
const JUDGED = { from: addDays(FROM, 70), to: TO };
const SEEDS = ['acme', 'globex'];
const FACTS_PER_DAY = [12, 100];
/** A launch quadruples the traffic, which is rightly told; it is back to normal after three weeks. */
const LAUNCH = { from: '2026-05-11', to: '2026-06-02' };
/** Two weeks of holidays, and a week without people. */
const PAUSES = [
  { from: '2026-03-16', to: '2026-03-30' },
  { from: '2026-08-10', to: '2026-08-17' },
];
const SENSITIVITIES = ['low', 'medium', 'high'] as const;

const organizations = SEEDS.flatMap((seed) => FACTS_PER_DAY.map((facts) => ({ seed, facts })));
const bills = organizations.map(({ seed, facts }) => {
  const name = `${seed} ${facts}`;
  const plain = withCharges(name, billOf(seed, facts, FROM, TO), JUDGED.from);
  return { ...withSpikes(name, plain, JUDGED.from), quiet: PAUSES.reduce(withPause, plain) };
});
const months = (bills.length * daysOf(JUDGED).length * 12) / 365;

const isOfLaunch = ({ from, to }: DayRange) => from < LAUNCH.to && to > LAUNCH.from;

const results: string[][] = [];
for (const sensitivity of SENSITIVITIES) {
  const found: { spike: Spike; those: Incident[] }[] = [];
  let beside = 0;
  let falseAlarms = 0;
  let falseFalls = 0;
  let ofLaunch = 0;
  for (const { bill, spikes, quiet } of bills) {
    const told = await replay(bill, JUDGED, sensitivity);
    const ofSpikes = spikes.map((spike) => ({ spike, those: told.filter((each) => isOfSpike(each, spike)) }));
    const first = new Set(ofSpikes.map(({ those }) => those[0]));
    beside += told.filter((each) => !isOfLaunch(each) && !first.has(each)).length;
    found.push(...ofSpikes);
    const toldOfQuiet = await replay(quiet, JUDGED, sensitivity);
    const wrong = toldOfQuiet.filter((each) => !isOfLaunch(each));
    falseAlarms += wrong.length;
    falseFalls += wrong.filter(isFall).length;
    ofLaunch += toldOfQuiet.filter(isOfLaunch).length;
  }
  const count = (those: typeof found) => `${those.filter(({ those }) => those.length > 0).length} of ${those.length}`;
  const all = found.filter(({ those }) => those.length > 0);
  const right = all.filter(({ spike, those: [told] }) => told && hasRightCause(told, spike));
  results.push([
    ...SPIKE_KINDS.map((kind) => count(found.filter(({ spike }) => spike.kind === kind))),
    `${right.length} of ${all.length}`,
    `${beside}`,
    `${ofLaunch}`,
    (falseAlarms / months).toFixed(2),
    (falseFalls / months).toFixed(2),
  ]);
}

const titles = [
  ...SPIKE_KINDS.map((kind) => `found: ${kind}`),
  'of those found, with the right cause: why, and who most of all',
  'alerts beside the first of each, in all these years',
  'alerts of the four launches',
  'false alarms of an organization in a month without leaps',
  'of these, that costs fell',
];
const table = [
  `| | ${SENSITIVITIES.map((name) => `\`${name}\``).join(' | ')} |`,
  '| --- | --: | --: | --: |',
  ...titles.map((title, index) => `| ${title} | ${results.map((column) => column[index]).join(' | ')} |`),
].join('\n');

const path = join(import.meta.dirname, '../docs/alerts.md');
const document = await readFile(path, 'utf8');
const marked = /(<!-- npm run bench:anomalies -->)[\s\S]*?(<!-- \/bench:anomalies -->)/;
await writeFile(path, document.replace(marked, `$1\n\n${table}\n\n$2`));
console.log(table);
