import { expect, test } from 'vitest';
import { addDays } from '#domain/day.ts';
import { limitOutlook } from '#domain/limits/limit-outlook.ts';

const FIRST = '2026-11-01';
const days = Array.from({ length: 60 }, (_, index) => ({
  day: addDays(FIRST, index - 60),
  amount: '10',
  complete: true,
}));
const hard = { kind: 'hard_limit', amount: '295', interval: 'month', is_enforcing: false, read_on: FIRST } as const;
const outlookOn = (limit: Partial<Parameters<typeof limitOutlook>[0]>, spent = '0') =>
  limitOutlook({ ...hard, ...limit }, { today: FIRST, spent, days });

test('a limit that stopped production last month does not stop it on the first of the next', () => {
  const before = outlookOn({ is_enforcing: true, read_on: '2026-10-31' });
  expect(before).toMatchObject({ is_reached: false, expected_on: '2026-11-30' });
  expect(before.summary).toBe('Expected to be reached on 2026-11-30. Production stops then.');
  expect(outlookOn({ is_enforcing: true })).toMatchObject({
    is_reached: true,
    summary: 'Reached: production is stopped until next month.',
  });
});

test('a limit of another interval is enforced until it was not read for a day', () => {
  const daily = { interval: 'day', is_enforcing: true };
  const reached = ['2026-11-01', '2026-10-31', '2026-10-30'].map(
    (read_on) => outlookOn({ ...daily, read_on }).is_reached,
  );
  expect(reached).toEqual([true, true, false]);
});

test('a limit that our sum reaches first is not said to stop production', () => {
  const { is_reached, summary } = outlookOn({}, '295.5');
  expect(is_reached).toBe(true);
  expect(summary).toBe('Reached by the costs so far; OpenAI did not enforce it yet when it was last read.');
  expect(outlookOn({ kind: 'alert' }, '295').summary).toBe('Reached: OpenAI has sent e-mails.');
});
