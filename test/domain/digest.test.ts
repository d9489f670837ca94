import { expect, test } from 'vitest';
import { digestOf, dueDigest, waitsForDays } from '#domain/channels/digest.ts';
import { type DigestFacts, digestMessage } from '#domain/channels/digest-message.ts';

test.each([
  // 2026-11-30 is a Monday.
  ['weekly', '2026-11-30T05:59:00Z', undefined], // its last day is still read
  ['weekly', '2026-11-30T06:00:00Z', 'digest-weekly-2026-11-23'],
  ['weekly', '2026-12-02T23:00:00Z', 'digest-weekly-2026-11-23'], // after an outage
  ['weekly', '2026-12-03T01:00:00Z', undefined],
  ['weekly', '2026-12-06T23:00:00Z', undefined],
  ['weekly', '2026-12-07T07:00:00Z', 'digest-weekly-2026-11-30'],
  ['monthly', '2026-12-01T07:00:00Z', 'digest-monthly-2026-11-01'],
  ['monthly', '2026-12-05T07:00:00Z', undefined],
  ['monthly', '2027-01-02T07:00:00Z', 'digest-monthly-2026-12-01'],
] as const)('the %s digest at %s is %s', (digest, now, id) => {
  expect(dueDigest(digest, Date.parse(now))?.id).toBe(id);
});

test('a digest is of whole weeks or months, and found by its id', () => {
  expect(digestOf('digest-weekly-2026-11-23')).toEqual({
    ...{ id: 'digest-weekly-2026-11-23', digest: 'weekly', from: '2026-11-23', to: '2026-11-30' },
    previous: { from: '2026-11-16', to: '2026-11-23' },
  });
  expect(digestOf('digest-monthly-2026-03-01')).toMatchObject({
    ...{ from: '2026-03-01', to: '2026-04-01', previous: { from: '2026-02-01', to: '2026-03-01' } },
  });
  expect(digestOf('test-1')).toBeUndefined();
});

test('a digest waits for days that were not read until a day after its end', () => {
  const week = digestOf('digest-weekly-2026-11-23');
  const waits = (at: string) => week && waitsForDays(week, Date.parse(at));
  expect([waits('2026-11-30T23:59:00Z'), waits('2026-12-01T00:00:00Z')]).toEqual([true, false]);
});

const NONE = { compared_with: null, reasons: [], contributors: [] };
const NOTHING: DigestFacts = {
  ...{
    totals: [],
    why: '',
    causes: NONE,
    movers: [],
    forecast: null,
    budgets: [],
    missing_days: [],
    differing_days: 0,
  },
};
const BUDGET = {
  ...{ amount: '6000', currency: 'usd', spent_percent: '80.25', is_over: false },
  ...{ from: '2026-11-01', to: '2026-12-01' },
};
const WEEK = digestOf('digest-weekly-2026-11-23');
const textOf = (facts: Partial<DigestFacts>, filters: Record<string, string[]> = {}) =>
  WEEK &&
  digestMessage(
    { channel: { name: 'Search', filters }, period: WEEK, facts: { ...NOTHING, ...facts }, at: new Date(0) },
    'https://pump.test/',
  );

test('a digest tells the total and its change, what moved, the forecast, budgets, and what is missing', () => {
  const message = textOf({
    totals: [
      { currency: 'usd', amount: '1200', previous_amount: '1000' },
      { currency: 'eur', amount: '5', previous_amount: '10' },
    ],
    movers: [
      { dimension: 'project_id', name: 'Shop', amount: '800', change: '300' },
      { dimension: 'project_id', name: '', amount: '100', change: '-100' },
      { dimension: 'model', name: 'gpt-5', amount: '700', change: '250.5' },
    ],
    forecast: { amount: '5000', low: '4500', high: '5500', from: '2026-11-01', to: '2026-12-01' },
    why: 'What costs more rose mostly because more was used: USD 300.00.',
    budgets: [
      { ...BUDGET, name: 'Research', state: 'at_risk' },
      { ...BUDGET, name: 'Shop', state: 'on_track', from: '2026-10-01', to: '2026-11-01', is_over: true },
    ],
    missing_days: ['2026-11-25'],
    differing_days: 2,
  });
  expect(message?.title).toBe('Costs of 23 November 2026 to 29 November 2026: USD 1,200.00');
  expect(message?.text).toEqual([
    '23 November 2026 to 29 November 2026: USD 1,200.00, USD 200.00 (20.00 %) more than the week before.\n' +
      '23 November 2026 to 29 November 2026: EUR 5.00, EUR 5.00 (50.00 %) less than the week before.',
    'What costs more rose mostly because more was used: USD 300.00.',
    'Projects that changed most:\n• Shop: USD 800.00, USD 300.00 more\n• not attributed: USD 100.00, USD 100.00 less',
    'Models that changed most:\n• gpt-5: USD 700.00, USD 250.50 more',
    'November 2026 is forecast to cost USD 5,000.00 (USD 4,500.00 to USD 5,500.00).',
    'Budgets:\n• Research: 80.25 % of USD 6,000.00 in November 2026, at risk\n' +
      '• Shop: 80.25 % of USD 6,000.00 in October 2026, kept',
    'Not read: 1 day. The sums lack their costs. 2 days not adding up to OpenAI’s own total.',
  ]);
  expect(message?.links).toEqual([{ text: 'See the costs', url: 'https://pump.test/?range=2026-11-23..2026-11-29' }]);
});

test('a week without costs is told, too', () => {
  expect(textOf({})?.text).toEqual([
    '23 November 2026 to 29 November 2026: no costs.',
    'Every day was read, and adds up to OpenAI’s own total.',
  ]);
  const same = textOf({ totals: [{ currency: 'usd', amount: '1', previous_amount: '1' }] });
  expect(same?.text[0]).toMatch(/, as much as the week before\.$/);
  const none = textOf({ totals: [{ currency: 'usd', amount: '0', previous_amount: '9000' }] });
  expect(none?.text[0]).toMatch(/: USD 0\.00, USD 9,000\.00 \(100\.00 %\) less than the week before\.$/);
});

test('the digest of a channel that selects costs is named after it, and leads to them', () => {
  const message = textOf({}, { project_id: ['proj_1'] });
  expect(message?.title).toBe('Search: costs of 23 November 2026 to 29 November 2026: none');
  expect(message?.links).toEqual([
    { text: 'See the costs', url: 'https://pump.test/?range=2026-11-23..2026-11-29&project_id=proj_1' },
  ]);
  expect(message?.data).toMatchObject({ filters: { project_id: ['proj_1'] }, url: message?.links[0]?.url });
  // The page has no such filter: it would show other costs.
  expect(textOf({}, { line_item: ['x'] })).toMatchObject({ links: [], data: { url: null } });
});
