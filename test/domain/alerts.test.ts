import { expect, test } from 'vitest';
import type { AlertEvent } from '#domain/alerts/alert.ts';
import { budgetAlertOf, decideAlerts, isQuietBeside, type KnownAlert, periodsToJudge } from '#domain/budgets/alert.ts';
import { DEFAULT_THRESHOLDS } from '#domain/budgets/budget.ts';
import type { BudgetEvaluation } from '#domain/budgets/evaluate-budget.ts';

const BUDGET = { budget_id: 'budget-1', revision: 1, amount: '100', thresholds: DEFAULT_THRESHOLDS };
const PERIOD = { from: '2026-06-01', to: '2026-07-01' };
const OF = { a: 'actual', f: 'forecast' } as const;
const thresholdOf = (name: string) => ({ of: OF[name[0] as 'a' | 'f'], percent: Number(name.slice(1)) });
const idOf = (name: string) => budgetAlertOf(BUDGET, PERIOD, thresholdOf(name)).alert_id;

/** `a50 f100!`: raised before, and fallen below since with a `!`. */
function knownOf(text: string): Map<string, KnownAlert> {
  const alerts = text
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const standing: AlertEvent = word.endsWith('!') ? 'fell_below' : 'raised';
      return { alert_id: idOf(word.replace('!', '')), standing, events: 1 };
    });
  return new Map(alerts.map((alert) => [alert.alert_id, alert]));
}

/** The names of decisions; a quiet one in brackets. */
function decide(spent: string, forecast: string | null, known: string, missing: string[] = [], today = '2026-06-20') {
  const evaluation = {
    period: PERIOD,
    spent,
    forecast: forecast === null ? null : { amount: forecast },
    missing_days: missing,
  } as unknown as BudgetEvaluation;
  const { raise, note } = decideAlerts(BUDGET, evaluation, knownOf(known), today);
  const nameOf = ({ of, percent }: { of: string; percent: number }) => `${of[0]}${percent}`;
  const raised = raise.map((each) => (each.is_quiet ? `(${nameOf(each)})` : nameOf(each)));
  const noted = note.map(({ subject, event }) => `${nameOf(subject)} ${event}`);
  return [...raised, ...noted].join(', ');
}

const MISSING = ['2026-06-02'];
test.each([
  // spent, forecast, known; decisions
  ['49.99', '99.99', '', ''],
  ['50', '99.99', '', 'a50'],
  ['50', '99.99', 'a50', ''],
  ['50', '100', 'a50', 'f100'],
  // The worst is told, and raised first. A budget that will be spent is worse than a part of it that is.
  ['85', '300', '', 'f100, (a80), (a50)'],
  ['85', '300', 'a50', 'f100, (a80)'],
  ['85', '300', 'a50 f100', 'a80'],
  ['85', '99', '', 'a80, (a50)'],
  ['120', '300', '', 'a100, (f100), (a80), (a50)'],
  // What was told stands for what says less: a forecast that comes late, and what a killed worker left.
  ['120', '300', 'a50 a80 a100', '(f100)'],
  ['120', '300', 'a100', '(f100), (a80), (a50)'],
  // A worker was killed after the first of them, and a credit came meanwhile.
  ['95', '99', 'a100', 'a80, (a50), a100 fell_below'],
  ['85', '300', 'a50 a80', 'f100'],
  ['99', '300', 'a50 a80 a100!', 'f100'],
  ['120', '300', 'a50 a80 f100', 'a100'],
  ['120', '300', 'a50 a80 a100 f100', ''],
  // Restatements are told in the history, once, and re-arm nothing.
  ['79', '300', 'a50 a80 f100', 'a80 fell_below'],
  ['79', '300', 'a50 a80! f100', ''],
  ['81', '300', 'a50 a80! f100', 'a80 rose_again'],
  ['10', '20', 'a50 a80 a100 f100', 'a50 fell_below, a80 fell_below, a100 fell_below, f100 fell_below'],
  // Without a forecast nothing is known of it.
  ['49', null, 'a50 f100', 'a50 fell_below'],
] as const)('%s spent, %s forecast, %o raised before: %s', (spent, forecast, known, decisions) => {
  expect(decide(spent, forecast, known)).toBe(decisions);
});

test('while days are missing, thresholds are reached and nothing falls below', () => {
  expect(decide('80', null, 'a100 f100', MISSING)).toBe('a80, (a50)');
  expect(decide('10', null, 'a50! a80 f100', MISSING)).toBe('');
});

test('once a period is over, what it cost decides on its forecasts, and raises none', () => {
  const after = (spent: string, known: string, missing: string[] = []) =>
    decide(spent, null, known, missing, '2026-07-01');
  expect(after('70', 'a50 f100')).toBe('f100 fell_below');
  expect(after('70', 'a50 f100', MISSING)).toBe('');
  expect(after('100', 'a50 a80 f100!')).toBe('a100, f100 rose_again');
  expect(after('100', 'a50 a80 a100 f100')).toBe('');
  expect(after('100', 'a50 a80 a100')).toBe('');
});

test('what was to be quiet is not, once nothing worse is reached', () => {
  const quietBeside = (name: string, ...reached: string[]) =>
    isQuietBeside(thresholdOf(name), reached.map(thresholdOf));
  expect(quietBeside('a80', 'a50', 'a80', 'a100')).toBe(true);
  expect(quietBeside('a80', 'a50', 'a80')).toBe(false);
  expect(quietBeside('a80', 'a80', 'f100')).toBe(true);
  expect(quietBeside('f100', 'a80', 'f100')).toBe(false);
});

test('an alert is named by all that it is about', () => {
  const ids = [
    idOf('a50'),
    idOf('a5'),
    idOf('f50'),
    budgetAlertOf({ ...BUDGET, budget_id: 'budget-2' }, PERIOD, thresholdOf('a50')).alert_id,
    budgetAlertOf({ ...BUDGET, revision: 2 }, PERIOD, thresholdOf('a50')).alert_id,
    budgetAlertOf(BUDGET, { ...PERIOD, from: '2026-05-01' }, thresholdOf('a50')).alert_id,
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  // today, made, the first day that changed; months
  ['2026-06-15', '2026-01-01', undefined, ['2026-06-01']],
  ['2026-07-03', '2026-01-01', undefined, ['2026-06-01', '2026-07-01']], // the last days of June are still read
  ['2026-07-08', '2026-01-01', undefined, ['2026-07-01']],
  ['2026-07-03', '2026-06-30', undefined, ['2026-06-01', '2026-07-01']],
  ['2026-07-03', '2026-07-01', undefined, ['2026-07-01']], // made after June
  // However late days come, or are restated, their months are judged.
  ['2026-07-14', '2026-01-01', '2026-06-20', ['2026-06-01', '2026-07-01']],
  ['2026-07-14', '2026-01-01', '2026-07-02', ['2026-07-01']],
  ['2026-07-14', '2026-01-01', '2026-04-30', ['2026-04-01', '2026-05-01', '2026-06-01', '2026-07-01']],
  ['2026-07-14', '2026-06-02', '2025-04-30', ['2026-06-01', '2026-07-01']],
])(
  'on %s, a budget of %s is judged after a change of %s for the months that begin on %o',
  (today, made, changed, months) => {
    const periods = periodsToJudge({ period: 'month', revision: Date.parse(made) }, today, changed);
    expect(periods.map(({ from }) => from)).toEqual(months);
  },
);
