import { addDays, type DayRange, lengthOf } from '../day.ts';
import { isFall, upsideDown } from './falls.ts';
import type { Anomaly, Costs } from './find-anomalies.ts';
import { isSameSubject } from './series.ts';
import { amountNow, isLittleLeft, isNoWorse, type ToldAnomaly } from './told.ts';

/** What stopped stands for what goes on of it in so many days. It is steady again only weeks after it came back. */
const STOPPED_DAYS = 14;

/**
 * The alerts of falls that still stand for a range, with what their days cost by now, told as rises. Weekdays differ: a stop
 * that was told of a Saturday is as far below as the same is in the range.
 * @param falls what fell in the range
 */
export function standingFalls(
  range: DayRange,
  told: readonly ToldAnomaly[],
  costs: Costs,
  falls: readonly Anomaly[],
): ToldAnomaly[] {
  return told
    .filter(
      (each) =>
        isFall(each) && each.to > addDays(range.from, -STOPPED_DAYS) && each.from < addDays(range.to, STOPPED_DAYS),
    )
    .flatMap((each) => {
      const amount = Number(amountNow(each, costs) ?? each.amount);
      if (isLittleLeft(each, amount)) return [];
      const now = falls.find(({ subject }) => isSameSubject(subject, each.subject));
      const days = lengthOf(each) / lengthOf(range);
      const usual = now ? Math.max(each.usual, now.usual * days) : each.usual;
      return [upsideDown({ ...each, amount, usual })];
    });
}

/**
 * A key that stopped is seen in other line items each day: what is told of it stands for all of it. What no key is known
 * of may be anybody's: that stands for its own subject alone.
 */
export function withItsKeys(fall: ToldAnomaly): ToldAnomaly[] {
  const causes = fall.causes.filter(Boolean);
  const ofKeys = { ...fall, causes, subject: { ...fall.subject, dimension: 'organization', value: '' } as const };
  return causes.length > 0 ? [fall, ofKeys] : [fall];
}

/** Whether alerts that stand tell of a fall, as far as that is known without reading what fell: of its subject or key. */
export const isTold = (fall: Anomaly, standing: readonly ToldAnomaly[]): boolean =>
  standing.some(
    (each) => isNoWorse(each, upsideDown(fall)) && (isSameSubject(each.subject, fall.subject) || isKeyOf(each, fall)),
  );

const isKeyOf = ({ subject, causes }: ToldAnomaly, { subject: { dimension, value, currency } }: Anomaly) =>
  dimension === 'api_key_id' && subject.currency === currency && causes.includes(value);
