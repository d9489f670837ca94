import type { IntegrationDay } from '#clickhouse/coverage/integration-days.ts';
import { compareDecimals } from '#domain/decimal.ts';
import { TOLERANCE_TEXT } from '#domain/reconciliation.ts';
import { sizeOf, subtract, sum } from '../../ui/format/decimals.ts';

/** Whether days that had ended when they were read add up to OpenAI's own totals; undefined where there is none. */
export function reconcileDays(days: readonly IntegrationDay[]) {
  const settled = days.flatMap(({ settled, ours, theirs }) =>
    settled && ours !== null && theirs !== null ? [{ ours, theirs }] : [],
  );
  if (settled.length === 0) return undefined;
  const differing = settled.filter(
    ({ ours, theirs }) => compareDecimals(sizeOf(subtract(ours, theirs)), TOLERANCE_TEXT) > 0,
  );
  const [ours, theirs] = [sum(settled.map(({ ours }) => ours)), sum(settled.map(({ theirs }) => theirs))];
  return { days: settled.length, differing: differing.length, ours, theirs, difference: subtract(ours, theirs) };
}
