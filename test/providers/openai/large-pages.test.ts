import { expect, test } from 'vitest';
import { page, requestedDays } from './ledger.ts';
import { KEY, provider } from './provider.ts';

const MB = 1024 * 1024;

/** A page's body, padded with spaces to a length. */
const padded = (value: unknown, length: number) => JSON.stringify(value).padEnd(length);

test('a page of more than 8 MB is fetched in smaller ones; a day may be as long as 32 MB', async () => {
  const window = { from: '2026-01-01', to: '2026-01-08' };
  const { openai, calls } = await provider((call) => {
    const start = Number(call.params.get('page') ?? 0);
    const end = start + Number(call.params.get('limit'));
    const days = requestedDays(call).map((day) => ({ start_time: Date.parse(day) / 1000, results: [] }));
    const data = days.slice(start, end);
    return { body: padded(page(data, end < days.length ? String(end) : null), data.length > 6 ? 9 * MB : 100) };
  });
  expect((await openai.costs(KEY, window)).days).toHaveLength(7);
  expect(calls.map(({ params }) => params.get('limit'))).toEqual(['31', '7', ...Array(7).fill('1')]);
});

test.each([
  [31 * MB, { days: [{ facts: [] }], unreadable: [] }],
  [33 * MB, { days: [], unreadable: [{ day: '2026-01-05', reason: 'response_too_large' }] }],
])('a day of %i bytes', async (length, expected) => {
  const { openai } = await provider((call) => ({
    body: padded(page(requestedDays(call).map((day) => ({ start_time: Date.parse(day) / 1000, results: [] }))), length),
  }));
  const reading = openai.costs(KEY, { from: '2026-01-05', to: '2026-01-06' });
  expect(await reading).toMatchObject(expected);
});

test('days that do not fit in memory together are refused as a window, and read one by one', async () => {
  const rows = Array.from({ length: 16_000 }, () => ({}));
  const { openai } = await provider((call) => ({
    body: page(requestedDays(call).map((day) => ({ start_time: Date.parse(day) / 1000, results: rows }))),
  }));
  const read = (to: string) => openai.costs(KEY, { from: '2026-01-05', to });
  await expect(read('2026-01-07')).rejects.toMatchObject({ name: 'WindowTooLargeError', factsPerDay: 16_000 });
  expect((await read('2026-01-06')).days[0]?.facts).toHaveLength(16_000);
});
