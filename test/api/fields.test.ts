import { expect, test } from 'vitest';
import type { z } from 'zod';
import { anomalySettingsBody } from '#api/routes/anomaly-settings/anomaly-settings.ts';
import { budgetBody } from '#api/routes/budgets/budget-view.ts';
import { channelFields } from '#api/routes/channels/channel-view.ts';

const messagesOf = (schema: z.ZodType, given: unknown) =>
  schema.safeParse(given).error?.issues.map(({ message }) => message);
const budget = (more: object) => messagesOf(budgetBody, { name: 'A', amount: '1', ...more });

test.each([
  [{ thresholds: null }, 'must be a list'],
  [{ thresholds: ['50'] }, 'must be an object'],
  [{ filters: 'all' }, 'must be an object'],
  [{ filters: { model: 'm' } }, 'must be a list'],
  [{ filters: { model: ['m', 'm'] } }, 'must not repeat a value'],
  [{ name: ' ' }, 'must not be empty'],
  [{ name: '\u200b\u2060' }, 'must have a character that can be seen'],
  [{ name: 'a\u0000b' }, 'must have no control characters'],
  [{ name: 'a\u202eb' }, 'must have no control characters'],
  [{ name: 'a\ud83d' }, 'must have no control characters'],
])('a budget with %o: %s', (more, message) => {
  expect(budget(more)).toEqual([message]);
});

test('names may have any letters', () => {
  expect(budget({ name: 'Équipe 研究 👩‍🔬' })).toBeUndefined();
});

test.each([
  ['recipients', null, 'must be a list'],
  ['recipients', ['a@b.test', 'a@b.test'], 'must not repeat a value'],
  ['alert_kinds', ['budget', 'budget'], 'must not repeat a value'],
  ['budget_ids', [1], 'must be text'],
] as const)('a channel with %s %o: %s', (field, given, message) => {
  expect(messagesOf(channelFields[field], given)).toEqual([message]);
});

test('what is muted is a list of objects', () => {
  expect(messagesOf(anomalySettingsBody, { sensitivity: 'low', muted: null })).toEqual(['must be a list']);
  expect(messagesOf(anomalySettingsBody, { sensitivity: 'low', muted: [1] })).toEqual(['must be an object']);
});
