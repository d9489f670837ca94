import { expect, test } from 'vitest';
import type { BudgetView } from '#api/routes/budgets/budget-view.ts';
import { readAmount, readPercents } from '#web/src/budgets/budget-draft.ts';
import { budgetOf, costsOf, describeFilters, filtersOf } from '#web/src/budgets/counted-costs.ts';
import { describeBudget, describeThresholds, worstFirst } from '#web/src/budgets/describe-budget.ts';

const budget = (given: Partial<BudgetView>): BudgetView => ({
  id: 'budget-1',
  name: 'All costs',
  amount: '15000.00',
  currency: 'usd',
  period: 'month',
  filters: {},
  thresholds: [],
  changed_at: '2026-11-01T00:00:00Z',
  state: 'on_track',
  unknown_because: null,
  from: '2026-11-01',
  to: '2026-12-01',
  spent: '13779.46',
  spent_percent: '91.86',
  missing_days: [],
  forecast: null,
  breach: null,
  ...given,
});
const forecast = (amount: string) => ({ amount }) as BudgetView['forecast'];
const breach = (day: string, earliest: string | null, latest: string | null) => ({
  state: 'at_risk' as const,
  breach: { day: `2026-11-${day}`, earliest: earliest && `2026-11-${earliest}`, latest: latest && `2026-11-${latest}` },
});

test.each([
  [{ forecast: forecast('14507.26') }, 'About $14,507.26 expected by Nov 30, $492.74 below it.'],
  [breach('28', '27', '29'), 'Used up on Nov 28 (Nov 27 – Nov 29).'],
  [breach('28', '28', '28'), 'Used up on Nov 28.'],
  [breach('28', '27', null), 'Used up on Nov 28, on Nov 27 at the earliest, perhaps not at all.'],
  [breach('28', null, null), 'Used up on Nov 28.'],
  [{ state: 'exceeded' as const, spent: '15000.5' }, '$0.50 above it, in November 2026.'],
  [
    { state: 'unknown' as const, unknown_because: 'missing_days' as const, missing_days: ['2026-11-02', '2026-11-03'] },
    '2 days of it are not read yet.',
  ],
  [{ state: 'unknown' as const, unknown_because: 'short_history' as const }, 'Too few complete days for a forecast.'],
])('how a budget stands: %j', (given, text) => {
  expect(describeBudget(budget(given))).toBe(text);
});

test('what needs a look comes first', () => {
  const states = ['on_track', 'unknown', 'exceeded', 'at_risk'] as const;
  const ordered = worstFirst(states.map((state) => budget({ state }))).map(({ state }) => state);
  expect(ordered).toEqual(['exceeded', 'at_risk', 'unknown', 'on_track']);
});

test('the thresholds in words', () => {
  const thresholds = [
    { of: 'actual' as const, percent: 80 },
    { of: 'forecast' as const, percent: 100 },
    { of: 'actual' as const, percent: 100 },
  ];
  expect(describeThresholds(thresholds)).toBe('Alerts at 80%, 100% spent and at 100% expected');
  expect(describeThresholds(thresholds.slice(0, 1))).toBe('Alerts at 80% spent');
});

const view = { filters: { model: ['b', 'a'], project_id: ['p'] }, integration: 'openai-1' };

test('the budget of a view is the lowest monthly one of just its costs', () => {
  const same = { filters: { integration_id: ['openai-1'], project_id: ['p'], model: ['a', 'b'] } };
  const fitting = budget({ ...same, amount: '20.00' });
  const others = [
    budget({ ...same, amount: '100.00' }),
    budget({ ...same, amount: '1.00', currency: 'eur' }),
    budget({ ...same, amount: '1.00', period: 'year' }),
    budget({ filters: {}, amount: '1.00' }),
    budget({ filters: { ...same.filters, model: ['a'] }, amount: '1.00' }),
  ];
  expect(budgetOf(view, 'usd', [...others, fitting])).toBe(fitting);
  expect(budgetOf({ filters: {}, integration: undefined }, 'usd', [fitting])).toBeUndefined();
});

test('what a budget counts, in words and as a page', () => {
  const names = new Map([
    ['p', 'Fleet Copilot'],
    ['openai-1', 'Acme'],
  ]);
  const filters = filtersOf(view);
  expect(describeFilters(filters, names)).toBe('Model: b or a · Project: Fleet Copilot · Organization: Acme');
  expect(describeFilters({}, names)).toBe('All costs');
  expect(describeFilters({ user_id: [''], modality: [''] }, names)).toBe('User: No user · Modality: none');
  expect(costsOf({ filters })).toBe('/?model=b&model=a&project_id=p&integration_id=openai-1');
  expect(costsOf({ filters: { line_item: ['x'] } })).toBeUndefined();
});

test.each([
  ['15000', '15000'],
  ['$15,000', '15000'],
  ['1 234 567.5', '1234567.5'],
  ['0099.50', '99.50'],
  ['15.000', undefined],
  ['1,5', undefined],
  ['1,50', undefined],
  ['0.00', undefined],
  ['-5', undefined],
  ['', undefined],
])('an amount typed as %j is %j', (typed, amount) => {
  expect(readAmount(typed)).toBe(amount);
});

test.each([
  ['50, 80 and 100 %', [50, 80, 100]],
  ['100 100', [100]],
  ['', []],
  ['12.5', undefined],
  ['0', undefined],
  ['1001', undefined],
])('percentages typed as %j are %j', (typed, percents) => {
  expect(readPercents(typed)).toEqual(percents);
});
