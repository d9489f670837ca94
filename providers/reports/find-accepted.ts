import { addDays, type Day, type DayRange, laterDay, lengthOf } from '#domain/day.ts';
import type { Refusal } from './query/refusal.ts';

/** In days, back from the newest refused one; together more than a window has. */
const STEPS = [1, 1, 2, 4, 8, 16, 32];

/** Reads a range, or says how it was refused. A refusal of a range is that of at least one of its days. */
export type TryRead = (range: DayRange) => Promise<Refusal | undefined>;

/**
 * Reads all days of a range that are accepted, the newest first: what is refused is divided until refused days stand
 * alone. Refused days are expected to lie together: the end of such a block is searched in growing steps, so that a
 * month that is refused as a whole takes a few requests.
 */
export async function findAccepted({ from, to }: DayRange, isRefused: boolean, tryRead: TryRead): Promise<void> {
  let end = to;
  /** Of the last days before `end`, so many hold a refused one; 0 where that is not known. */
  let suspects = isRefused ? lengthOf({ from, to }) : 0;
  // What is refused as a whole may be refused day by day: its newest day is tried before it is halved.
  let isWhole = isRefused;

  while (from < end) {
    const width = isWhole ? 1 : suspects > 0 ? Math.ceil(suspects / 2) : lengthOf({ from, to: end });
    const refusal = await tryRead({ from: addDays(end, -width), to: end });
    isWhole = refusal !== undefined && suspects === 0 && width > 1;
    if (!refusal) {
      end = addDays(end, -width);
      suspects = Math.max(0, suspects - width);
    } else if (width > 1) {
      suspects = width;
    } else {
      end = await skipRefused({ from, to: addDays(end, -1) }, refusal, tryRead);
      suspects = 0;
    }
  }
}

/** The end of the days before a refused one that may be accepted; `from` where none is. */
async function skipRefused({ from, to }: DayRange, refusal: Refusal, tryRead: TryRead): Promise<Day> {
  const isRefused = async (day: Day) => (await tryRead({ from: day, to: addDays(day, 1) })) !== undefined;
  if (from < to && 'isOfStart' in refusal && refusal.isOfStart && (await isRefused(from))) return from;
  let end = to;
  for (const step of STEPS) {
    if (from >= end) break;
    const day = laterDay(from, addDays(end, -step));
    if (!(await isRefused(day))) return end;
    end = day;
  }
  return end;
}
