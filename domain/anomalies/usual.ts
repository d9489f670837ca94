/**
 * What a day or a week usually costs, and by what share of `size` it scatters: of that amount, or of a day with costs
 * where there usually are none. Most days are near what is usual: of those nobody needs to know the scatter.
 */
export type Usual = { amount: number; size: number; scatter: () => number };
/** Days since 1970, in order, each with its costs. */
export type NumberedDay = { day: number; amount: number };

const WEEK = 7;
/** With less history there is nothing usual. */
const MIN_DAYS = 14;
const MIN_WEEKS = 4;
const LATEST_WEEKS = 3;
/** From this share on, days without costs are no odd days; nor are those with costs on a weekday that has none. */
const OFTEN = 1 / 4;
/** Nothing is taken to be steadier than this. */
const MIN_SCATTER = 0.05;
/** What makes the median of deviations comparable with a standard deviation. */
const NORMAL = 1.4826;

/**
 * What a day usually costs: the median of its weekday, at the level of the latest week where that is higher. While the
 * medians of some weekdays have a new level and those of others do not, that of its latest weeks counts; and the return
 * after a pause is as usual. The scatter is the median deviation (MAD) of past days from the level of their time, so that
 * neither spikes nor steps widen it.
 * @param known the complete days before it
 * @returns null where the costs began less than 14 days ago
 */
export function usualDay(known: readonly NumberedDay[], day: number): Usual | null {
  const days = sinceBegun(known);
  if (days.length < MIN_DAYS) return null;
  const byWeekday: number[][] = Array.from({ length: WEEK }, () => []);
  for (const each of days) byWeekday[each.day % WEEK]?.push(each.amount);
  const medians = byWeekday.map(median);
  const ofWeekday = byWeekday[day % WEEK] ?? [];
  const typical = medians[day % WEEK] ?? 0;
  const ratios: number[] = [];
  for (const each of days) {
    const usual = medians[each.day % WEEK] ?? 0;
    if (usual > 0) ratios.push(each.amount / usual);
  }
  const level = median(ratios.slice(-WEEK));
  const isOften = (count: number, of: number) => count >= of * OFTEN;
  if (level === 0 || isOften(ratios.filter((ratio) => ratio === 0).length, ratios.length)) return usualOfSpent(days);
  const scatter = () => scatterOf(deviationsOf(ratios));
  if (typical === 0) {
    const spent = usualOfSpent(days);
    const isUsed = isOften(ofWeekday.filter((amount) => amount > 0).length, ofWeekday.length);
    return spent && !isUsed ? { amount: 0, size: spent.amount, scatter } : spent;
  }
  const amount = Math.max(typical, typical * level, median(ofWeekday.slice(-LATEST_WEEKS)));
  return { amount, size: amount, scatter };
}

/** By what share each day differs from the level of the week before it. */
const deviationsOf = (ratios: readonly number[]) =>
  ratios.flatMap((ratio, index) => {
    const before = index < WEEK ? 0 : median(ratios.slice(index - WEEK, index));
    return before > 0 ? [Math.abs(ratio / before - 1)] : [];
  });

/** Where days without costs are the rule, or often come: what days with costs have. */
function usualOfSpent(days: readonly NumberedDay[]): Usual | null {
  const spent = days.map(({ amount }) => amount).filter((amount) => amount > 0);
  const amount = median(spent);
  if (amount === 0) return null;
  return { amount, size: amount, scatter: () => scatterOf(spent.map((each) => Math.abs(each / amount - 1))) };
}

/**
 * What a week usually costs: the median of the weeks before, or what the highest of the latest cost if that is more, so
 * that costs that keep rising are told once.
 * @param weeks in order
 */
export function usualWeek(weeks: readonly number[]): Usual | null {
  const first = weeks.findIndex((amount) => amount > 0);
  const known = first < 0 ? [] : weeks.slice(first);
  const typical = median(known);
  if (known.length < MIN_WEEKS || typical === 0) return null;
  const scatter = () => scatterOf(known.map((amount) => Math.abs(amount / typical - 1)));
  const amount = Math.max(typical, ...known.slice(-LATEST_WEEKS));
  return { amount, size: amount, scatter };
}

const sinceBegun = (known: readonly NumberedDay[]) => {
  const first = known.findIndex(({ amount }) => amount > 0);
  return first < 0 ? [] : known.slice(first);
};

const scatterOf = (deviations: readonly number[]) => Math.max(MIN_SCATTER, NORMAL * median(deviations));

/** 0 for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const high = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const low = sorted[Math.ceil(sorted.length / 2) - 1] ?? high;
  return (low + high) / 2;
}
