import { expect, test } from 'vitest';
import { timeLeft } from '#web/src/integrations/progress/time-left.ts';

test.each([
  ['nothing has come yet', { at: 0, done: 10 }, { at: 60_000, done: 10 }, ''],
  ['no time has passed', { at: 0, done: 0 }, { at: 0, done: 10 }, ''],
  ['a day a second', { at: 0, done: 0 }, { at: 31_000, done: 31 }, 'about 6 minutes left'],
  ['nearly there', { at: 0, done: 0 }, { at: 60_000, done: 200 }, 'less than a minute left'],
  ['a minute and a bit', { at: 0, done: 165 }, { at: 60_000, done: 255 }, 'about a minute left'],
  [
    'only what came since it was looked at counts',
    { at: 0, done: 300 },
    { at: 120_000, done: 310 },
    'about 11 minutes left',
  ],
  ['all is there', { at: 0, done: 0 }, { at: 60_000, done: 365 }, ''],
])('%s', (_, first, now, words) => {
  expect(timeLeft(first, now, 365)).toBe(words);
});
