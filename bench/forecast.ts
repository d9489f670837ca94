// Prints docs/forecast.md: how far each simple method is off on a year of the simulator, and whether the interval holds.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays } from '#dev/simulators/openai/arithmetic/day.ts';
import { formatExact, parseExact } from '#dev/simulators/openai/arithmetic/exact.ts';
import { createLedger } from '#dev/simulators/openai/bill/ledger.ts';
import { busyProjects, createOrganization } from '#dev/simulators/openai/organization/organization.ts';
import { DAY_MS, startOfDay } from '#domain/day.ts';
import { type DailyTotal, forecastMonthEnd } from '#domain/forecast/forecast.ts';
import { methods } from './forecast-methods.ts';

const FROM = '2025-11-01';
const TO = '2026-11-01';
const MONTHS = Array.from({ length: 11 }, (_, index) => new Date(Date.UTC(2025, 11 + index)).toISOString().slice(0, 7));
const MONTH_DAYS = [5, 10, 15, 20, 25];
const SEEDS = ['acme', 'globex', 'initech', 'umbrella'];
const FACTS_PER_DAY = [4, 12, 100];
const WINDOW_DAYS = 56;

const numberOf = (day: string) => startOfDay(day) / DAY_MS;
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

/** Each question: what was known on a day of a month, and what the month cost in the end. */
const questions = SEEDS.flatMap((seed) => FACTS_PER_DAY.map((factsPerDay) => yearOf(seed, factsPerDay))).flatMap(
  (year) =>
    MONTHS.flatMap((month) =>
      MONTH_DAYS.map((monthDay) => {
        const today = `${month}-${String(monthDay).padStart(2, '0')}`;
        const those = year.filter(({ day }) => day.startsWith(month));
        const [gone, open] = [those.filter(({ day }) => day < today), those.filter(({ day }) => day >= today)];
        return { today, monthDay, days: year.filter(({ day }) => day < today), gone, open, truth: total(those) };
      }),
    ),
);
type Question = (typeof questions)[number];

function errorOf(method: (typeof methods)[string], { days, gone, open, truth }: Question): number {
  const known = days.slice(-WINDOW_DAYS).map(({ day, amount }) => ({ day: numberOf(day), amount: Number(amount) }));
  const expect = method(known, gone.length);
  const estimate = total(gone) + open.reduce((sum, { day }) => sum + expect(numberOf(day)), 0);
  return Math.abs(estimate - truth) / truth;
}

const tableRow = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const byMonthDay = (measure: (those: Question[]) => number) =>
  [...MONTH_DAYS.map((monthDay) => questions.filter((each) => each.monthDay === monthDay)), questions].map((those) =>
    percent(measure(those)),
  );
const head = (title: string) => [
  tableRow([title, ...MONTH_DAYS.map((monthDay) => `on the ${monthDay}th`), 'all']),
  tableRow(['---', ...MONTH_DAYS.map(() => '--:'), '--:']),
];

const answers = new Map(
  questions.map((question) => {
    const monthToDate = formatExact(question.gone.reduce((sum, { amount }) => sum + parseExact(amount), 0n));
    return [question, forecastMonthEnd({ today: question.today, monthToDate, days: question.days })];
  }),
);
const told = (those: Question[]) =>
  those.flatMap((question) => {
    const { low, high } = answers.get(question) ?? {};
    return low && high ? [{ low: Number(low), high: Number(high), truth: question.truth }] : [];
  });

const document = `# The forecast

\`GET /v1/costs/summary\` says what the month will have cost when it ends. Made by \`npm run bench:forecast\`.

**Method.** \`weekday_level\`: what the month cost so far, exact, and for each day that is not complete yet what its
weekday usually costs (the mean over the last eight weeks), brought to the level of the latest seven complete days. Of
today, which goes on, the part that was read is taken off. Fewer than 14 complete days in eight weeks: no forecast.

**Interval.** 80 %: between the quantiles 10 % and 90 % of what the same method was off by in the organization's own
past year, with as many days to go. \`backtest_error_percent\` is how far off it was on average, relative to the month.
Both are null while the past is too short to say.

**Why this one.** Nothing simple is off less, least of all early in the month, when a forecast is worth most. Measured on
the simulator: ${SEEDS.length} seeds, organizations of ${FACTS_PER_DAY.join(', ')} facts a day, the last ${MONTHS.length} months of the year to ${TO},
each on five days of the month: ${questions.length} forecasts. Within the year models are replaced, a launch quadruples the traffic
for a day, and holidays are empty: nothing that a method could know before. An invented year ranks methods; how far off
the forecast is for you, \`backtest_error_percent\` says.

## How far off: mean absolute error of the month's total

${[
  ...head('Method'),
  ...Object.entries(methods).map(([name, method]) =>
    tableRow([name, ...byMonthDay((those) => mean(those.map((question) => errorOf(method, question))))]),
  ),
].join('\n')}

## How often the month ended within the interval of 80 %, and how wide that is

${[
  ...head('`weekday_level`'),
  tableRow([
    'within',
    ...byMonthDay((those) => mean(told(those).map(({ low, high, truth }) => (low <= truth && truth <= high ? 1 : 0)))),
  ]),
  tableRow([
    'width, of the total',
    ...byMonthDay((those) => mean(told(those).map(({ low, high, truth }) => (high - low) / truth))),
  ]),
  tableRow(['forecasts with one', ...byMonthDay((those) => told(those).length / those.length)]),
].join('\n')}
`;
await writeFile(join(import.meta.dirname, '../docs/forecast.md'), document);
console.log(document);
