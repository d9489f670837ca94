import { expect, test } from 'vitest';
import { unreadable } from '#providers/reports/query/unreadable.ts';
import { bucketsOf, page, requestedDays, row } from './ledger.ts';
import { type Call, KEY, provider } from './provider.ts';

const WEEK = { from: '2026-01-05', to: '2026-01-12' };
const BAD = '2026-01-08';

async function read(amount: string) {
  const { openai } = await provider((call) => ({
    body: page(bucketsOf(call, (day) => [row('gpt-5, input', day === BAD ? amount : '1')])),
  }));
  return { costs: await openai.costs(KEY, WEEK), totals: await openai.totals(KEY, WEEK) };
}

test.each([
  '1e15',
  '-1000000000000000',
  '1e999999999',
  '9'.repeat(12_000),
  `0.${'1'.repeat(101)}`,
  `1.${'0'.repeat(99)}5`,
])('an amount that no warehouse can sum fails its own day only: %s', async (amount) => {
  const { costs, totals } = await read(amount);
  expect(costs.days.map(({ day }) => day)).toEqual(requestedOthers());
  expect(costs.unreadable).toEqual([{ day: BAD, reason: 'amount_out_of_range' }]);
  expect(totals.map(({ day }) => day)).toEqual(requestedOthers());
  expect(unreadable(costs, '/organization/costs')).toEqual(
    expect.objectContaining({ kind: 'unreadable_days', message: expect.stringContaining(BAD) }),
  );
});

test.each(['999999999999999.99', '-999999999999999', '1e-6176', `0.${'1'.repeat(100)}`])(
  'an amount within the limits is read: %s',
  async (amount) => {
    const { costs } = await read(amount);
    expect(costs.unreadable).toEqual([]);
    expect(costs.days).toHaveLength(7);
  },
);

function requestedOthers() {
  const params = new URLSearchParams({
    start_time: String(Date.parse(WEEK.from) / 1000),
    end_time: String(Date.parse(WEEK.to) / 1000),
  });
  return requestedDays({ params } as Call).filter((day) => day !== BAD);
}
