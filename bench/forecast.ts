// Writes docs/forecast.md: the error of each simple method on a year of the simulator, and how often the interval holds.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays } from '#dev/simulators/openai/arithmetic/day.ts';
import { formatExact } from '#dev/simulators/openai/arithmetic/exact.ts';
import { createLedger } from '#dev/simulators/openai/bill/ledger.ts';
import { busyProjects, createOrganization } from '#dev/simulators/openai/organization/organization.ts';
import { dayNumber } from '#domain/day.ts';
import { forecastMonthEnd } from '#domain/forecast/forecast.ts';
import { type DailyTotal, QUANTILES } from '#domain/forecast/outlook.ts';
import { FAR } from '#domain/forecast/robust.ts';
import { methods } from './forecast-methods.ts';
import { CHARGES, EVERY_DAYS, withOddDays } from './odd-days.ts';

const FROM = '2025-11-01';
const TO = '2026-11-01';
const MONTHS = Array.from({ length: 11 }, (_, index) => new Date(Date.UTC(2025, 11 + index)).toISOString().slice(0, 7));
const MONTH_DAYS = [5, 10, 15, 20, 25];
const SEEDS = ['acme', 'globex', 'initech', 'umbrella'];
const FACTS_PER_DAY = [4, 12, 100];
const WINDOW_DAYS = 56;

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const total = (days: readonly DailyTotal[]) => days.reduce((sum, { amount }) => sum + Number(amount), 0);

function yearOf(seed: string, factsPerDay: number): DailyTotal[] {
  const organization = createOrganization(seed, seed, busyProjects);
  const ledger = createLedger({ seed, organization, factsPerDay, longDecimals: false }, () => TO);
  const days: DailyTotal[] = [];
  for (let day = FROM; day < TO; day = addDays(day, 1)) {
    const amount = formatExact(ledger.facts(day).reduce((sum, fact) => sum + fact.amount, 0n));
    days.push({ day, amount, complete: true });
  }
  return days;
}

/** What was known on a day of a month, and what its other days cost. */
function originsOf(years: { regular: DailyTotal[]; known: DailyTotal[] }[]) {
  return years.flatMap(({ regular, known }) =>
    MONTHS.flatMap((month) =>
      MONTH_DAYS.map((monthDay) => {
        const today = `${month}-${String(monthDay).padStart(2, '0')}`;
        const ofMonth = (days: DailyTotal[]) => days.filter(({ day }) => day.startsWith(month));
        const remaining = ofMonth(regular).filter(({ day }) => day >= today);
        return {
          today,
          monthDay,
          days: known.filter(({ day }) => day < today),
          elapsed: ofMonth(known).filter(({ day }) => day < today),
          remaining,
          rest: total(remaining),
          regularTotal: total(ofMonth(regular)),
        };
      }),
    ),
  );
}
const years = SEEDS.flatMap((seed) =>
  FACTS_PER_DAY.map((factsPerDay) => ({ seed: `${seed} ${factsPerDay}`, regular: yearOf(seed, factsPerDay) })),
);
const origins = originsOf(years.map(({ regular }) => ({ regular, known: regular })));
const oddOrigins = originsOf(years.map(({ seed, regular }) => ({ regular, known: withOddDays(seed, regular) })));
type Origin = (typeof origins)[number];

/** Of the days to come, relative to the whole month, both without odd days: those to come nobody can know. */
function errorOf(method: (typeof methods)[string], { days, elapsed, remaining, rest, regularTotal }: Origin): number {
  const known = days
    .slice(-WINDOW_DAYS)
    .map(({ day, amount }) => ({ day: dayNumber(day), amount: Math.max(0, Number(amount)) }));
  const expect = method(known, elapsed.length);
  const estimate = remaining.reduce((sum, { day }) => sum + expect(dayNumber(day)), 0);
  return Math.abs(estimate - rest) / regularTotal;
}

const tableRow = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
/** A measure of the origins on each of the days of a month, and of all. */
const byMonthDay = (all: Origin[], measure: (origins: Origin[]) => number) => {
  const onDays = MONTH_DAYS.map((monthDay) => all.filter((origin) => origin.monthDay === monthDay));
  return [...onDays, all].map((each) => percent(measure(each)));
};
const head = (title: string) => [
  tableRow([title, ...MONTH_DAYS.map((monthDay) => `on the ${monthDay}th`), 'all']),
  tableRow(['---', ...MONTH_DAYS.map(() => '--:'), '--:']),
];

const errorTable = (all: Origin[]) =>
  [
    ...head('Method'),
    ...Object.entries(methods).map(([name, method]) =>
      tableRow([name, ...byMonthDay(all, (origins) => mean(origins.map((origin) => errorOf(method, origin))))]),
    ),
  ].join('\n');

/** What the interval says of the days to come, beside what they cost. */
const intervalOf = ({ today, days, rest, regularTotal }: Origin) => {
  const { low, high } = forecastMonthEnd({ today, monthToDate: '0', days }) ?? {};
  return low && high ? [{ low: Number(low), high: Number(high), rest, regularTotal }] : [];
};
const intervalTable = (all: Origin[]) => {
  const intervals = new Map(all.map((origin) => [origin, intervalOf(origin)]));
  const intervalsOf = (origins: Origin[]) => origins.flatMap((origin) => intervals.get(origin) ?? []);
  const isWithin = ({ low, high, rest }: { low: number; high: number; rest: number }) => low <= rest && rest <= high;
  const within = (origins: Origin[]) => mean(intervalsOf(origins).map((each) => (isWithin(each) ? 1 : 0)));
  const width = (origins: Origin[]) =>
    mean(intervalsOf(origins).map(({ low, high, regularTotal }) => (high - low) / regularTotal));
  return [
    ...head('`weekday_level`'),
    tableRow(['within', ...byMonthDay(all, within)]),
    tableRow(['width, of the total', ...byMonthDay(all, width)]),
    tableRow(['forecasts with one', ...byMonthDay(all, (origins) => intervalsOf(origins).length / origins.length)]),
  ].join('\n');
};

const document = `# The forecast

\`GET /v1/costs/summary\` forecasts the costs of the current month. This page is generated by \`npm run bench:forecast\`.

**Method.** \`weekday_level\` adds to the exact costs so far, for each day that is not complete yet, the usual costs of
its weekday: the mean over the last eight weeks, brought to the level of the latest seven complete days. For today, the
costs that were already read are subtracted. With fewer than 14 complete days in eight weeks there is no forecast.

**Odd days.** Credits, refunds and one-off charges are in the costs so far, and in nothing that is estimated. Negative
costs are left out. So is what OpenAI bills without a quantity, unless its line item comes on most days. Of the rest, a
day that costs more than ${FAR} times the median of its weekday, or less than that part of it, does not count in the
weekday's mean, nor in the level where it is as far from the other latest days: a new level is followed once four of
seven days have it. An estimate of days to come is never negative.

**Days without costs.** They are odd where they are few. Where they are half the days of a weekday, or a quarter of all
days that are not regularly free, they count in the mean: who spends every other day is expected to spend half. A stop is
followed as any new level is: once most of the latest seven days lack their costs, nothing is expected. Two weeks without
costs in a row count in no weekday's mean. Costs on less than one day a week have no rhythm: nothing is expected of them,
until four of the latest seven days have costs.

**Interval.** 80 %: between the ${QUANTILES.map((share) => `${Math.round(share * 100)} %`).join(' and ')} quantiles of the errors that the same method made in the organization's own
past year with as many days to go. They are that far out because past cases overlap, and so differ too little. Where the
estimate itself lies outside, the interval is widened to include it. \`backtest_error_percent\` is the method's mean error
then, relative to the month. For both, past days of more than ten times their usual costs are replaced by usual ones
first, and costs on less than one day a week by none: one-off charges and credits, past or to come, are in neither. Both
are null while the past is too short.

**Why this one.** Over all forecasts no simple method has a smaller error, and with odd days none comes near. Measured on
the simulator: ${SEEDS.length} seeds, organizations of ${FACTS_PER_DAY.join(', ')} facts a day, the last ${MONTHS.length} months of the year to ${TO}, each on
five days of the month: ${origins.length} forecasts. During the year models are replaced, a launch quadruples the traffic for a
day, and holidays are empty: no method can know these before. An invented year ranks methods; for the error on your own
costs, see \`backtest_error_percent\`.

## Mean absolute error of the days to come, relative to the month

${errorTable(origins)}

## The same with odd days

One day in ${EVERY_DAYS} has a credit or a one-off charge besides, of ${CHARGES.map(String).join(', ')} mean days. Those to
come are not counted as errors: nobody can know them. \`weekday_level, no day left out\` is the method as it was before.

${errorTable(oddOrigins)}

## The 80 % interval: how often it holds, and how wide it is

${intervalTable(origins)}

With odd days:

${intervalTable(oddOrigins)}
`;
await writeFile(join(import.meta.dirname, '../docs/forecast.md'), document);
console.log(document);
