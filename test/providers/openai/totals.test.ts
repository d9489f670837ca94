import { expect, test } from 'vitest';
import { bucket, bucketsOf, page, row } from './ledger.ts';
import { KEY, provider, refusal } from './provider.ts';

const THREE_DAYS = { from: '2026-01-05', to: '2026-01-08' };

test('one ungrouped total a day, quiet days too', async () => {
  const { openai, calls } = await provider((call) => ({
    body: page(bucketsOf(call, (day) => (day === '2026-01-06' ? [] : [row('', '1.50E+1')]))),
  }));
  expect(await openai.totals(KEY, THREE_DAYS)).toEqual([
    { day: '2026-01-05', amount: '15', provider_amount: '1.50E+1', currency: 'usd' },
    { day: '2026-01-06', amount: '0', provider_amount: '', currency: 'usd' },
    { day: '2026-01-07', amount: '15', provider_amount: '1.50E+1', currency: 'usd' },
  ]);
  expect(calls[0]?.groupBy).toEqual([]);
});

test('several rows of a day are summed exactly, each currency by itself', async () => {
  const euro = { line_item: '', amount: { value: '7', currency: 'EUR' } };
  const { openai } = await provider(() => ({
    body: page([bucket('2026-01-05', [row('', '0.1'), row('', '0.20'), euro])]),
  }));
  expect(await openai.totals(KEY, { from: '2026-01-05', to: '2026-01-06' })).toEqual([
    { day: '2026-01-05', amount: '0.3', provider_amount: '0.1 + 0.20', currency: 'usd' },
    { day: '2026-01-05', amount: '7', provider_amount: '7', currency: 'eur' },
  ]);
});

test('days that the provider no longer reports have no total', async () => {
  const { openai } = await provider((call) =>
    call.index === 0
      ? refusal('Too far back. Earliest supported start date: 2026-01-07 (UTC)', {
          code: 'reporting_lookback_exceeded',
        })
      : { body: page(bucketsOf(call)) },
  );
  expect((await openai.totals(KEY, THREE_DAYS)).map(({ day }) => day)).toEqual(['2026-01-07']);
});

test('days left out by the server are zero', async () => {
  const { openai } = await provider(() => ({ body: page([]) }));
  expect((await openai.totals(KEY, THREE_DAYS)).map(({ amount }) => amount)).toEqual(['0', '0', '0']);
});
