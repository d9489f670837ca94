import type { DayRange } from '#domain/day.ts';

/** SQL of whether a day is in one of some periods. Their parameters are bound: `periodParameters`. */
export const isInPeriods = (periods: readonly DayRange[]): string =>
  `(${periods.map((_, index) => `day >= ${firstDay(index)} AND day < ${end(index)}`).join(' OR ')})`;

/** SQL of the first day of the period that such a day is in, of periods in order. */
export const periodAmong = (periods: readonly DayRange[]): string =>
  `multiIf(${periods.map((_, index) => `day < ${end(index)}, ${firstDay(index)}`).join(', ')}, toDate(0))`;

export const periodParameters = (periods: readonly DayRange[] = []): Record<string, string> =>
  Object.fromEntries(
    periods.flatMap(({ from, to }, index) => [
      [`period_${index}_from`, from],
      [`period_${index}_to`, to],
    ]),
  );

const firstDay = (index: number) => `{period_${index}_from: Date}`;
const end = (index: number) => `{period_${index}_to: Date}`;
