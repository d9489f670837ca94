import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import { differByMoreThan, subtractDecimals, sumDecimals } from '#domain/decimal.ts';
import { TOLERANCE } from '#domain/reconciliation.ts';

/** Compares our facts with OpenAI's totals, over the days that were complete when read; undefined if there are none. */
export function reconcileDays(days: readonly IntegrationDay[]) {
  const settled = days.flatMap(({ settled, ours, theirs }) =>
    settled && ours !== null && theirs !== null ? [{ ours, theirs }] : [],
  );
  if (settled.length === 0) return undefined;
  const differing = settled.filter(({ ours, theirs }) => differByMoreThan(TOLERANCE, ours, theirs));
  const ours = sumDecimals(settled.map(({ ours }) => ours));
  const theirs = sumDecimals(settled.map(({ theirs }) => theirs));
  return {
    days: settled.length,
    differing: differing.length,
    ours,
    theirs,
    difference: subtractDecimals(ours, theirs),
  };
}
