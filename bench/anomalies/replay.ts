import { type Incident, judgeRanges } from '#domain/anomalies/judge-ranges.ts';
import { daysToRead, rangesToJudge } from '#domain/anomalies/ranges.ts';
import { DEFAULT_SETTINGS, type Sensitivity } from '#domain/anomalies/sensitivity.ts';
import { addDays, type DayRange, daysOf } from '#domain/day.ts';
import type { Bill } from './bill.ts';
import { changesOf, seriesOf } from './read-bill.ts';

/** What is told of a bill when each of its days is judged on the day after it. */
export async function replay(bill: Bill, { from, to }: DayRange, sensitivity: Sensitivity): Promise<Incident[]> {
  const told: Incident[] = [];
  const series = seriesOf(bill);
  const settings = { ...DEFAULT_SETTINGS, sensitivity };
  for (const today of daysOf({ from: addDays(from, 1), to: addDays(to, 1) })) {
    const complete = new Set(daysOf(daysToRead(today)));
    // What fell is judged once two whole days have passed after it.
    const late = addDays(today, -2);
    const ranges = rangesToJudge(today, complete, []).filter(({ to }) => to === today || to === late);
    const judged = { today, integration_id: 'i', costs: { series, complete }, settings, told };
    told.push(...(await judgeRanges(ranges, judged, async (range) => changesOf(bill, range))));
  }
  return told;
}
