// Writes into docs/alerts.md how often anomalies of the simulator's year are found, and how often nothing is the matter.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays, daysOf } from '#domain/day.ts';
import { billOf } from './anomalies/bill.ts';
import { replay, type Told } from './anomalies/replay.ts';
import { SPIKE_KINDS, type Spike, withSpikes } from './anomalies/spikes.ts';

const FROM = '2025-11-01';
const TO = '2026-11-01';
const JUDGED = { from: addDays(FROM, 70), to: TO };
const SEEDS = ['acme', 'globex'];
const FACTS_PER_DAY = [12, 100];
/** A launch quadruples the traffic, which is rightly told; it is back to normal after three weeks. */
const LAUNCH = { from: '2026-05-11', to: '2026-06-02' };
const SENSITIVITIES = ['low', 'medium', 'high'] as const;

const bills = SEEDS.flatMap((seed) =>
  FACTS_PER_DAY.map((facts) => withSpikes(`${seed} ${facts}`, billOf(seed, facts, FROM, TO), JUDGED.from)),
);
const months = (bills.length * daysOf(JUDGED).length * 12) / 365;

const isWithin = ({ from, to }: Told, range: { from: string; to: string }) => from < range.to && to > range.from;
/** A week that has a spike may be told some days after it. */
const isOfSpike = (told: Told, { from, days }: Spike) => isWithin(told, { from, to: addDays(from, days + 7) });

const results = SENSITIVITIES.map((sensitivity) => {
  const years = bills.map(({ bill, spikes }) => ({ spikes, told: replay(bill, JUDGED, sensitivity) }));
  const found = years.flatMap(({ spikes, told }) =>
    spikes.map((spike) => ({ spike, those: told.filter((each) => isOfSpike(each, spike)) })),
  );
  const falseAlarms = years.flatMap(({ spikes, told }) =>
    told.filter((each) => !isWithin(each, LAUNCH) && !spikes.some((spike) => isOfSpike(each, spike))),
  );
  const ofKind = (kind: string) => found.filter(({ spike }) => spike.kind === kind);
  const count = (those: typeof found) => `${those.filter(({ those }) => those.length > 0).length} of ${those.length}`;
  const all = found.filter(({ those }) => those.length > 0);
  const right = all.filter(({ spike, those }) => those[0]?.reason === spike.reason);
  const twice = all.filter(({ those }) => those.length > 1 && !those.some((each) => isWithin(each, LAUNCH)));
  return [
    ...SPIKE_KINDS.map((kind) => count(ofKind(kind))),
    `${right.length} of ${all.length}`,
    `${twice.length} of ${all.length}`,
    (falseAlarms.length / months).toFixed(2),
  ];
});

const titles = [
  ...SPIKE_KINDS.map((kind) => `found: ${kind}`),
  'of those found, with the right cause',
  'of those found, told more than once, or beside another',
  'false alarms of an organization in a month',
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
