import { expect, test } from 'vitest';
import { describeNotUnderstood } from '#web/src/costs/summary/not-understood.ts';

const line_items = ['gpt-6-astra, input, zero-g', '', 'c', 'd'];
const describe = (amount: string, unclassified_amount: string, all_amount = '100') =>
  describeNotUnderstood({ currency: 'usd', not_understood: { amount, unclassified_amount, all_amount, line_items } });

test.each([
  ['1', '1'],
  ['0', '0', '0'],
])('up to 1 %% of what is not understood is not told: %s', (amount, unclassified, all?: string) => {
  expect(describe(amount, unclassified, all)).toBeUndefined();
});

test.each([
  // Exactly, as the alert's statement has it: not rounded to a percentage.
  ['1.001', '0', 'Model and token type are known, a word beside them is not.'],
  ['1.234567890123456789', '1.234567890123456789', 'Their model or token type is not known.'],
  ['30', '0', 'Model and token type are known, a word beside them is not.'],
  ['30', '10', 'Of $10.00, model or token type is not known; of the rest, a word beside them.'],
])('of $%s, $%s is unclassified', (amount, unclassified, words) => {
  const { title, text, isClassified } = describe(amount, unclassified) ?? {};
  expect(title).toMatch(/^(1|30)% of the costs of 30 days is not understood in full$/);
  expect(text).toContain(' of $100.00 in the last 30 days is for line items');
  expect(text).toContain(', such as gpt-6-astra, input, zero-g; no line item; c. ');
  expect(text).toContain(words);
  expect(text).not.toContain('1.2345');
  expect(isClassified).toBe(unclassified === '0');
});
