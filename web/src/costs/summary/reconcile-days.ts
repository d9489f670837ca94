import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import { subtractDecimals, sumDecimals } from '#domain/decimal.ts';

/** Undefined where a day has several currencies, which cannot be added up. */
function sumsOf(days: readonly IntegrationDay[]) {
  const sumOf = (of: 'ours' | 'theirs') => {
    const amounts = days.map((day) => day[of]).filter((amount) => amount !== null);
    return amounts.length === days.length ? sumDecimals(amounts) : undefined;
  };
  const [ours, theirs] = [sumOf('ours'), sumOf('theirs')];
  return ours !== undefined && theirs !== undefined
    ? { ours, theirs, difference: subtractDecimals(ours, theirs) }
    : undefined;
}

/** Compares our facts with OpenAI's totals, over the days that were complete when read; undefined if there are none. */
export function reconcileDays(days: readonly IntegrationDay[]) {
  const settled = days.filter(({ agrees }) => agrees !== null);
  if (settled.length === 0) return undefined;
  const differing = settled.filter(({ agrees }) => !agrees).map(({ day }) => day);
  return { days: settled.length, differing: [...new Set(differing)].toSorted(), sums: sumsOf(settled) };
}
