import { expect, test } from 'vitest';
import { toUsageRow } from '#clickhouse/day-rows/usage-days.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { usageItem } from '../fixtures/usage-fixtures.ts';
import { costRow } from '../fixtures/write-days.ts';

// A new version of the code must not change the hash of a day: all days that are read again would be written again.

/** More projects than a byte counts. */
const NUMBERS = Array.from({ length: 300 }, (_, at) => String(at));

test('the content hash of a day of costs', () => {
  const facts = NUMBERS.map((number) =>
    costItem({
      project_id: `proj_${number}`,
      project_name: 'Läden “漢字”',
      line_item: 'gpt-4o, input',
      model: 'gpt-4o',
      long_context: number === '7',
      amount: `${number}.25`,
      quantity: number === '0' ? null : number,
      quantity_verbatim: number,
      extra: number === '9' ? '{"a":1}' : '',
    }),
  );
  const { content_hash } = costRow(1, costDay('2026-03-01', facts, '44925'));
  expect(content_hash).toBe('JYuhqPug32gLCnUAFWRMTgGxorpRfY3_qm72RT1e5XU');
  expect(costRow(2, costDay('2026-03-01', facts.toReversed(), '44925')).content_hash).toBe(content_hash);
});

test('the content hash of a day of usage', () => {
  const items = NUMBERS.map((number) =>
    usageItem({ project_id: `proj_${number}` }, { input_tokens: number, new_one: '2' }),
  );
  const day = { day: '2026-03-01', dropped_dimensions: ['user_id'], items };
  expect(toUsageRow('usage/completions', 1, day).content_hash).toBe('E64lgn8srsyuGqtYSxC_bT_nJ4zTC-0i-0hlYcbtcQw');
});
