import type { IntegrationDay } from '#clickhouse/coverage/integration-days.ts';
import { absDecimal, compareDecimals, subtractDecimals, sumDecimals } from '#domain/decimal.ts';
import { TOLERANCE } from '#domain/reconciliation.ts';

/** Whether days that had ended when they were read add up to OpenAI's own totals; undefined where there is none. */
export function reconcileDays(days: readonly IntegrationDay[]) {
  const settled = days.flatMap(({ settled, ours, theirs }) =>
    settled && ours !== null && theirs !== null ? [{ ours, theirs }] : [],
  );
  if (settled.length === 0) return undefined;
  const differing = settled.filter(
    ({ ours, theirs }) => compareDecimals(absDecimal(subtractDecimals(ours, theirs)), TOLERANCE) > 0,
  );
  const [ours, theirs] = [
    sumDecimals(settled.map(({ ours }) => ours)),
    sumDecimals(settled.map(({ theirs }) => theirs)),
  ];
  return {
    days: settled.length,
    differing: differing.length,
    ours,
    theirs,
    difference: subtractDecimals(ours, theirs),
  };
}
