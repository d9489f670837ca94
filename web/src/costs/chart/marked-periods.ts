import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { alertsIn } from '../../alerts/select-alerts.ts';
import { whyMissing } from '../data/missing-days.ts';
import { restatementIn } from '../data/restatements.ts';
import type { ViewCosts } from '../data/view-costs.ts';
import { hasEnded, type Period, periodsOf } from '../view/periods.ts';
import { daysToCome } from '../view/range.ts';

/** A period with what is marked of it: days without data, days that may change, days that changed, alerts. */
export type MarkedPeriod = Period & {
  missing: { isAll: boolean } | undefined;
  isOpen: boolean;
  isRestated: boolean;
  alerts: readonly AlertView[];
  /** After the range: nothing is spent yet. */
  isToCome: boolean;
  /** What is still to come of it, decimal text; undefined where nothing is, or where it is not known. */
  expected: string | undefined;
};

type Marks = {
  restated: ReadonlyMap<string, string>;
  alerts: readonly AlertView[];
  forecast: CostsSummary['forecast'] | undefined;
};

/** The periods of a view and, of the current month by day, its days to come. */
export function markedPeriods(costs: ViewCosts, { restated, alerts, forecast }: Marks): MarkedPeriod[] {
  const { periods, groups, missing, granularity, view, days } = costs;
  const expected = new Map(granularity === 'day' ? forecast?.days.map(({ day, amount }) => [day, amount]) : []);
  const toCome = granularity === 'day' ? periodsOf(daysToCome(view.range, days), 'day') : [];
  return [
    ...periods.map((period) => {
      const why = whyMissing(period, missing);
      return {
        ...period,
        missing: why,
        isOpen: !hasEnded(period, groups.synced_through),
        isRestated: restatementIn(period, restated) !== undefined,
        alerts: alertsIn(period, alerts),
        isToCome: false,
        expected: why ? undefined : expected.get(period.start),
      };
    }),
    ...toCome.map((period) => ({
      ...period,
      ...{ missing: undefined, isOpen: true, isRestated: false, alerts: [], isToCome: true },
      expected: expected.get(period.start),
    })),
  ];
}
