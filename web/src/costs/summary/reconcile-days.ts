import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import { subtractDecimals, sumDecimals } from '#domain/decimal.ts';

/** Compares our facts with OpenAI's totals, over the days that were complete when read; undefined if there are none. */
export function reconcileDays(days: readonly IntegrationDay[]) {
  const settled = days.filter(({ agrees }) => agrees !== null);
  if (settled.length === 0) return undefined;
  const differing = settled.filter(({ agrees }) => !agrees);
  const ours = sumDecimals(settled.map(({ ours }) => ours ?? '0'));
  const theirs = sumDecimals(settled.map(({ theirs }) => theirs ?? '0'));
  return {
    days: settled.length,
    differing: differing.length,
    ours,
    theirs,
    difference: subtractDecimals(ours, theirs),
  };
}
