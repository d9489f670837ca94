import { expect, test } from 'vitest';
import type { IntegrationView } from '../../api/integration-view.ts';
import type { Costs } from '../../api/routes/read-costs.ts';
import { whyInWords } from '../../web/src/costs/changes/why-in-words.ts';
import { whyNotComparable } from '../../web/src/costs/compare.ts';

const period = (from: string, to: string, missing_days: string[] = []) => ({ from, to, missing_days }) as Costs;
const since = (...days: string[]) => days.map((from) => ({ coverage: { from } }) as IntegrationView);

test.each([
  ['', period('2026-10-07', '2026-10-13'), period('2026-10-01', '2026-10-07'), since('2025-11-24')],
  ['', period('2026-10-07', '2026-10-13'), period('2026-10-01', '2026-10-07'), since('2025-11-24', '2026-10-13')],
  [
    'a day of the range is missing',
    period('2026-10-07', '2026-10-13', ['2026-10-08']),
    period('2026-10-01', '2026-10-07'),
    since('2025-11-24'),
  ],
  [
    '1 of those days are not read yet',
    period('2026-10-07', '2026-10-13'),
    period('2026-10-01', '2026-10-07', ['2026-10-02']),
    since('2025-11-24'),
  ],
  [
    'the history begins on Oct 6, 2026',
    period('2026-10-07', '2026-10-13'),
    period('2026-10-01', '2026-10-07'),
    since('2025-11-24', '2026-10-06'),
  ],
])('compared: %s', (why, now, before, integrations) => {
  expect(whyNotComparable(now, before, integrations)).toBe(why);
});

const row = (amount: string, quantity: string | null, quantity_unit: string | null) =>
  ({ amount, quantity, quantity_unit }) as Costs['data'][number];

test.each([
  ['New: 1M tokens at $2.00 per 1M.', row('2', '1000000', 'tokens'), undefined],
  [
    '2M tokens instead of 1M (+100 %), at the same price of $2.00 per 1M.',
    row('4', '2000000', 'tokens'),
    row('2', '1000000', 'tokens'),
  ],
  [
    '1M tokens instead of 1M (0 %), at $4.00 per 1M instead of $2.00.',
    row('4', '1000000', 'tokens'),
    row('2', '1000000', 'tokens'),
  ],
  ['New: 3 bytes at $0.00000333 per byte.', row('0.00001', '3', 'bytes'), undefined],
  ['None any more, 1M tokens before.', row('0', null, null), row('2', '1000000', 'tokens')],
  ['OpenAI does not tell a quantity.', row('50', null, null), row('2', '1000000', 'tokens')],
  ['OpenAI does not tell a quantity.', row('50', null, null), undefined],
  [
    '1M tokens at $2.00 per 1M; before, OpenAI told none in tokens.',
    row('2', '1000000', 'tokens'),
    row('2', null, null),
  ],
  [
    '10 minutes at $0.10 per minute; before, OpenAI told none in minutes.',
    row('1', '10', 'duration_minutes'),
    row('1', '600', 'duration_seconds'),
  ],
  ['0 tokens instead of 1M (-100 %).', row('0', '0', 'tokens'), row('2', '1000000', 'tokens')],
])('why: %s', (words, now, before) => {
  expect(whyInWords({ now, before }, 'usd')).toBe(words);
});
