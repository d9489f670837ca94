// The morning of many tenants, from what one costs: `npm run bench:fleet` prints the tables of docs/operating.md. It
// computes and simulates, in a second; nothing is started.
import { randomFrom } from '#dev/simulators/openai/arithmetic/random.ts';
import {
  backfillOf,
  bytesAYear,
  DAYS_READ,
  engineSeconds,
  HISTORY_BYTES,
  INSERTS,
  readsOf,
  type Size,
  STATEMENTS,
  TEMPORAL_ACTIONS,
  workerSeconds,
} from './fleet/cost-of-one.ts';
import { type Sync, simulate, type Workers } from './fleet/simulate.ts';
import { quantile } from './measure.ts';

/** Of a hundred tenants. */
const MIX = { small: 80, usual: 18, large: 2 };
/** The schedule's jitter. */
const MORNING_SECONDS = 2 * 3600;
/** How fast Temporal starts what it has to catch up with: the limit of a namespace of Temporal Cloud. */
const STARTS_A_SECOND = 10;
const SLOTS = 16;
const RETENTION_DAYS = 30;
const DAILY = 3;

const TENANTS = [1, 100, 1_000, 10_000];
const sizeOf = (tenant: number): Size => {
  const place = (tenant * 37) % 100; // every hundred has the mix, in no order
  return place < MIX.large ? 'large' : place < MIX.large + MIX.usual ? 'usual' : 'small';
};

type Days = (typeof DAYS_READ)[keyof typeof DAYS_READ];
function morning(tenants: number, days: Days, startOf: (tenant: number) => number): Sync[] {
  const all = Array.from({ length: tenants }, (_, tenant) => tenant);
  return all.map((tenant) => ({ at: startOf(tenant), ...readsOf(sizeOf(tenant), days, DAILY) }));
}
function jittered(tenants: number, days: Days): Sync[] {
  const random = randomFrom('jitter');
  return morning(tenants, days, () => random() * MORNING_SECONDS);
}
/** A thousand tenants connect within the first hour of a Monday's syncs. */
function withBackfills(tenants: number): Sync[] {
  const random = randomFrom('backfills');
  const connected = Array.from({ length: 1_000 }, (_, tenant) => ({
    at: random() * 3600,
    ...backfillOf(sizeOf(tenant)),
  }));
  return [...jittered(tenants, DAYS_READ.monday), ...connected];
}
const caughtUp = (tenants: number): Sync[] => morning(tenants, DAYS_READ.monday, (tenant) => tenant / STARTS_A_SECOND);

/** The fewest workers that end a Monday within half an hour of the last start, without a read that waits for long. */
function workersFor(tenants: number): Workers {
  const syncs = jittered(tenants, DAYS_READ.monday);
  for (let workers = 1; ; workers += 1) {
    const { waitsOf, end } = simulate(syncs, { workers, slots: SLOTS });
    if (quantile(waitsOf(DAILY), 0.99) < 300 && end < MORNING_SECONDS + 1800) return { workers, slots: SLOTS };
  }
}

const sum = (tenants: number, cost: (size: Size) => number) =>
  Object.entries(MIX).reduce((all, [size, of]) => all + (tenants * of * cost(size as Size)) / 100, 0);
const perSecond = (count: number) => count / MORNING_SECONDS;
const short = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 2 });
const coarse = (value: number) => (value < 0.1 ? '< 0.1' : short(value));
const print = (...cells: (string | number)[]) => console.log(`| ${cells.join(' | ')} |`);

print(
  'Tenants',
  'Read workers',
  'Their cores',
  'ClickHouse’s cores',
  'Statements/s',
  'Inserts/s',
  'Temporal actions a day',
  'Temporal’s database',
  'ClickHouse’s disk a year',
);
print(...Array.from({ length: 9 }, () => '---'));
for (const tenants of TENANTS) {
  const { workers } = workersFor(tenants);
  const monday = DAYS_READ.monday;
  print(
    tenants.toLocaleString('en'),
    workers,
    coarse(perSecond(sum(tenants, (size) => workerSeconds(size, monday)))),
    coarse(perSecond(sum(tenants, (size) => engineSeconds(size, monday)))),
    coarse(perSecond(tenants * STATEMENTS)),
    coarse(perSecond(tenants * INSERTS)),
    short(tenants * TEMPORAL_ACTIONS),
    `${coarse((tenants * HISTORY_BYTES * RETENTION_DAYS) / 1e9)} GB`,
    `${coarse(sum(tenants, bytesAYear) / 1e9)} GB`,
  );
}

console.log(`\n${TENANTS.at(-1)?.toLocaleString('en')} tenants, ${SLOTS} slots a worker:\n`);
print('Read workers', 'A usual day', 'A Monday', 'With 1,000 backfills', 'After an outage');
print(...Array.from({ length: 5 }, () => '---'));
const most = Math.max(...TENANTS);
const mornings = [
  jittered(most, DAYS_READ.usual),
  jittered(most, DAYS_READ.monday),
  withBackfills(most),
  caughtUp(most),
];
for (const workers of [1, 2, 3, 4, 6, 12]) {
  const cells = mornings.map((syncs) => {
    const { waitsOf, end } = simulate(syncs, { workers, slots: SLOTS });
    const waits = waitsOf(DAILY);
    return `${short(quantile(waits, 0.5))} s, ${short(quantile(waits, 0.99))} s, ${(end / 3600).toFixed(1)} h`;
  });
  print(workers, ...cells);
}
