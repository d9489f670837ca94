import type { Day, DayRange } from '../day.ts';
import { sum } from '../forecast/robust.ts';
import { type Compared, compareWithUsual } from './compare-with-usual.ts';
import { isOneDay } from './ranges.ts';
import { type AnomalySettings, FAR_OUTSIDE, isMuted } from './sensitivity.ts';
import type { CostSeries, CostSubject } from './series.ts';

/** What is less than this share of the organization's usual costs in the same currency is not worth a word. */
const MIN_SHARE_OF_ALL = 0.01;

/** A day or a week on which a subject cost far more than usual. */
export type Anomaly = DayRange & { subject: CostSubject; amount: number; usual: number };

/** An organization's costs, and the days of them that were read after they ended. */
export type Costs = { series: readonly CostSeries[]; complete: ReadonlySet<Day> };

/**
 * Finds what cost far more than usual in a range, the greatest excess first. What only moved from one API key, model or
 * line item to others is no rise.
 */
export function findAnomalies(range: DayRange, costs: Costs, settings: AnomalySettings): Anomaly[] {
  if (settings.sensitivity === 'off') return [];
  const { scatters, ...shares } = FAR_OUTSIDE[settings.sensitivity];
  const share = isOneDay(range) ? shares.ofDay : shares.ofWeek;
  const isFar = ({ usual, amount }: Compared, minimum: number, moved = 0) => {
    const excess = amount - usual.amount - moved;
    return excess >= Math.max(minimum, usual.size * share) && excess >= usual.size * scatters * usual.scatter();
  };

  const compare = compareWithUsual(range, costs.complete);
  const smallest = Number(settings.minimum);
  const compared = costs.series.flatMap(compare);
  const minimumOf = ({ currency }: CostSubject) => {
    const all = compared.filter(({ subject }) => subject.dimension === 'project_id' && subject.currency === currency);
    return Math.max(smallest, sum(all.map(({ usual }) => usual.amount)) * MIN_SHARE_OF_ALL);
  };
  return compared
    .filter((each) => isFar(each, minimumOf(each.subject)) && !isMuted(each.subject, settings))
    .filter(({ subject, ...each }) => {
      const minimum = minimumOf(subject);
      const explained =
        subject.dimension === 'organization'
          ? mutedRise(subject, compared, settings)
          : movedTo(subject, compared, minimum);
      return isFar({ subject, ...each }, minimum, explained);
    })
    .map(({ subject: { dimension, value, currency }, usual, amount }) => ({
      ...range,
      subject: { dimension, value, currency },
      amount,
      usual: usual.amount,
    }))
    .sort((a, b) => b.amount - b.usual - (a.amount - a.usual));
}

/** By how much others of its dimension are below what is usual, where that is more than their scatter. */
function movedTo({ dimension, currency }: CostSubject, compared: readonly Compared[], minimum: number): number {
  if (dimension === 'project_id') return 0;
  const falls = compared.map(({ subject, usual, amount }) => {
    const fall = usual.amount - amount;
    const isTelling = () => fall >= minimum && fall >= 2 * usual.scatter() * usual.amount;
    return subject.dimension === dimension && subject.currency === currency && isTelling() ? fall : 0;
  });
  return sum(falls);
}

/** By how much the organization rose in what is muted. */
function mutedRise({ currency }: CostSubject, compared: readonly Compared[], settings: AnomalySettings): number {
  const muted = compared.filter(({ subject }) => subject.currency === currency && isMuted(subject, settings));
  return sum(muted.map(({ usual, amount }) => Math.max(0, amount - usual.amount)));
}
