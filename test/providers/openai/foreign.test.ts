import { expect, test } from 'vitest';
import { bucketsOf, page } from './ledger.ts';
import { KEY, provider } from './provider.ts';

const DAYS = { from: '2026-01-05', to: '2026-01-07' };
const of = (organization_id: string | null, value: string) => ({
  organization_id,
  line_item: 'gpt-5, input',
  amount: { value, currency: 'usd' },
});
/** On the first day two rows of another organization, and one that names none. */
const grouped = (day: string) =>
  day === DAYS.from ? [of('org-1', '5'), of('org-2', '2.5'), of(null, '1'), of('org-2', '0.5')] : [of('org-1', '7')];
/** The first day's total is 6 for org-1, 9 for all. */
const totalOfAll = (day: string) => [of(null, day === DAYS.from ? '9' : '7')];
const totalOfEach = (day: string) => (day === DAYS.from ? [of('org-1', '6'), of('org-2', '3')] : [of('org-1', '7')]);

async function read(organization_id: string, total = totalOfAll, rows = grouped) {
  const { openai } = await provider((call) => ({
    body: page(bucketsOf(call, (day) => (call.groupBy.length > 0 ? rows(day) : total(day)) as never)),
  }));
  const costs = await openai.costs(KEY, { ...DAYS, organization_id });
  return { costs, totals: await openai.totals(KEY, costs) };
}

test.each([
  ['names no organization', totalOfAll],
  ['has a row for each', totalOfEach],
])(
  'rows of another organization are reported and billed to none; a total that %s still agrees',
  async (_case, total) => {
    const { costs, totals } = await read('org-1', total);
    expect(costs.days.map(({ facts }) => facts.map(({ amount }) => amount))).toEqual([['5', '1'], ['7']]);
    expect(costs.foreign).toEqual([
      { day: DAYS.from, organization_id: 'org-2', facts: 2, amount: '3', currency: 'usd' },
    ]);
    expect(totals.map(({ amount }) => amount)).toEqual(['6', '7']);
    expect(costs.unreadable).toEqual([]);
  },
);

test('where it is not known whose costs are read, a day of two organizations is unreadable', async () => {
  const { costs } = await read('');
  expect(costs.days.map(({ day }) => day)).toEqual(['2026-01-06']);
  expect(costs.unreadable).toEqual([{ day: DAYS.from, reason: 'several_organizations' }]);
  expect(costs.foreign).toEqual([]);
});

test('one organization is no other, whether it is known or not', async () => {
  for (const organization_id of ['', 'org-1']) {
    const { costs } = await read(organization_id, totalOfAll, () => [of('org-1', '7')]);
    expect(costs).toMatchObject({ organization_id, foreign: [], unreadable: [] });
    expect(costs.days).toHaveLength(2);
  }
});
