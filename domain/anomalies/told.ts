import type { AlertEvent } from '../alerts/alert.ts';
import { CAUSE_DIMENSIONS, type CostChange } from '../causes/cost-change.ts';
import { addDays, type DayRange, daysOf, earlierDay, laterDay, lengthOf } from '../day.ts';
import { type Decimal, sumDecimals } from '../decimal.ts';
import { sum } from '../forecast/robust.ts';
import { compareWithUsual } from './compare-with-usual.ts';
import type { Anomaly, Costs } from './find-anomalies.ts';
import { isOf, isSameSubject } from './series.ts';

/** What was told of a range says it for so many days before and after as well… */
const TOLD_DAYS = 7;
/** …unless those are so many times as far above, or it was less than that part as far above meanwhile: then it is over. */
const WORSE = 3;
/** The API keys that make up this part of a rise are what it was told of. */
const MOST = 0.95;
/** With less of the excess that it was told with, an anomaly is over. */
const STILL = 0.5;
/** From this part of the costs on, a restatement is much. */
const MUCH = 0.25;

/** An alert of an anomaly. `causes`: the API keys that rose; none where that is not known. */
export type ToldAnomaly = Anomaly & { alert_id: string; causes: readonly string[] };

/** A day. */
const excessOf = ({ amount, usual, from, to }: Anomaly): number => (amount - usual) / lengthOf({ from, to });

/** The alerts that still stand for a range, with what their days cost by now. */
export function standingAlerts(range: DayRange, told: readonly ToldAnomaly[], costs: Costs): ToldAnomaly[] {
  return told
    .filter(({ from, to }) => to > addDays(range.from, -TOLD_DAYS) && from < addDays(range.to, TOLD_DAYS))
    .map((each) => ({ ...each, amount: Number(amountNow(each, costs) ?? each.amount) }))
    .filter((each) => !isOver(each, range, costs));
}

/** Whether it was as usual on a day between the alert's days and the range. */
function isOver(told: ToldAnomaly, range: DayRange, { series, complete }: Costs): boolean {
  const subject = series.find((each) => isSameSubject(each, told.subject));
  // What lasts is not usual yet: that is told by the days before both.
  const first = earlierDay(told.from, range.from);
  const before = new Set([...complete].filter((day) => day < first));
  // Of weekdays that cost less, it is less money. Where nothing is usual, the share is infinite.
  const shareOf = ({ amount, usual }: { amount: number; usual: number }) => (amount - usual) / usual;
  const between = daysOf({ from: earlierDay(told.to, range.to), to: laterDay(told.from, range.from) });
  return between
    .filter((day) => subject && complete.has(day))
    .flatMap((day) => (subject ? compareWithUsual({ from: day, to: addDays(day, 1) }, before)(subject) : []))
    .some(({ amount, usual }) => shareOf({ amount, usual: usual.amount }) < shareOf(told) / WORSE);
}

/** Whether an alert may stand for an anomaly of another range: that is no worse. Of its own range it is restated. */
export const isNoWorse = (told: ToldAnomaly, anomaly: Anomaly): boolean =>
  excessOf(anomaly) < WORSE * excessOf(told) || (told.from === anomaly.from && told.to === anomaly.to);

/** Whether an alert tells of a change: it is of its subject and of a key that rose then, and nothing of it is new since. */
export const tellsOf = ({ subject, to, causes }: ToldAnomaly, change: CostChange): boolean =>
  isOf(change, subject) &&
  (causes.length === 0 || causes.includes(change.api_key_id)) &&
  !CAUSE_DIMENSIONS.some((name) => change[name] !== '' && change.since[name] >= to);

/** The API keys that made up most of a subject's rise; '' stands for what no key is known of. */
export function causesOf(anomaly: Anomaly, changes: readonly CostChange[]): string[] {
  const its = changes.filter((change) => isOf(change, anomaly.subject));
  const rises = [...Map.groupBy(its, ({ api_key_id }) => api_key_id)]
    .map(([key, those]) => ({ key, rise: sum(those.map(({ amount, before }) => Number(amount) - Number(before))) }))
    .filter(({ rise }) => rise > 0)
    .sort((a, b) => b.rise - a.rise);
  const all = sum(rises.map(({ rise }) => rise));
  return rises
    .filter((_, index) => sum(rises.slice(0, index).map(({ rise }) => rise)) < MOST * all)
    .map(({ key }) => key);
}

/** An alert with its history: what its last event says that it cost, and where that stands. */
export type KnownAnomaly = ToldAnomaly & { noted: number; standing: AlertEvent; events: number };

export type Restatement = { alert: KnownAnomaly; event: AlertEvent; spent: Decimal };

/** What late data and credits have changed about what was told: each is a step of its history, and raises nothing. */
export function restatementsOf(known: readonly KnownAnomaly[], costs: Costs): Restatement[] {
  return known.flatMap((alert): Restatement[] => {
    const spent = amountNow(alert, costs);
    if (spent === undefined) return [];
    const isOver = isLittleLeft(alert, Number(spent));
    const over = alert.amount < alert.usual ? 'ended' : 'fell_below';
    const wasOver = alert.standing === over;
    if (isOver !== wasOver) return [{ alert, spent, event: isOver ? over : 'rose_again' }];
    const isMuch = Math.abs(Number(spent) - alert.noted) >= MUCH * Math.max(alert.noted, alert.usual);
    return isMuch && !isOver ? [{ alert, spent, event: 'restated' }] : [];
  });
}

/** Whether late data or credits ended what was told: little of the rise, or of the fall, is left. */
export const isLittleLeft = ({ amount, usual }: Anomaly, now: number): boolean =>
  (now - usual) / (amount - usual) < STILL;

/** What an alert's days cost by now; undefined where they are not known. */
export function amountNow({ subject, from, to }: Anomaly, { series, complete }: Costs): Decimal | undefined {
  const days = daysOf({ from, to });
  if (!days.every((day) => complete.has(day))) return undefined;
  const its = series.find((each) => isSameSubject(each, subject));
  // The series of what was told are there as long as it costs anything.
  return sumDecimals(days.map((day) => its?.amounts.get(day) ?? '0'));
}
