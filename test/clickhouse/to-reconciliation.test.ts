import { expect, test } from 'vitest';
import { toReconciliation } from '#clickhouse/coverage/reconcile.ts';

const none = { differing_days: 0, first_differing_day: null };
const of = (currency: string, ours: string, theirs = ours, differing_days = 0) => ({
  ...{ ...none, currency, ours, theirs, difference: '0', differing_days, differing_amount: '0' },
});
const reconciled = (...by_currency: ReturnType<typeof of>[]) =>
  toReconciliation({ agrees: true, ...none, by_currency });

test('days without costs, which are in dollars, do not stand beside another currency', () => {
  const euros = of('eur', '12');
  expect(reconciled(euros, of('usd', '0'))).toMatchObject({ ours: '12', theirs: '12', by_currency: [euros] });
  expect(reconciled(of('eur', '0'), of('usd', '0'))).toMatchObject({ ours: '0', by_currency: [of('eur', '0')] });
  expect(reconciled(of('usd', '0'))).toMatchObject({ ours: '0', by_currency: [of('usd', '0')] });
});

test.each([
  ['on one side', of('usd', '0', '0.1')],
  ['on days that differ, and cancel each other', of('usd', '0', '0', 2)],
])('a currency with costs %s stands beside another, and then there is no sum of all', (_, dollars) => {
  const both = [of('eur', '12'), dollars];
  expect(reconciled(...both)).toMatchObject({ ours: null, theirs: null, difference: null, by_currency: both });
});

test('where nothing was read, nothing agrees or differs', () => {
  const nothing = { agrees: null, ...none, ours: '0', theirs: '0', difference: '0', by_currency: [] };
  expect([toReconciliation(undefined), reconciled()]).toEqual([nothing, nothing]);
});
