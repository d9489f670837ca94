import type { Costs } from '#api/routes/costs/get-costs.ts';
import type { DayRange } from '#domain/day.ts';
import type { Granularity, Period } from '../view/periods.ts';
import type { View } from '../view/view.ts';

/** The costs of one view, fetched together: figures of two views are never displayed beside each other. */
export type FetchedCosts = {
  view: View;
  days: DayRange;
  /** By the dimension that the view is grouped by. */
  groups: Costs;
  /** What the range is divided into, and its periods. */
  granularity: Granularity;
  periods: readonly Period[];
  byPeriod: Costs;
  /** The values with a colour of their own in the chart, the highest cost first, and their costs by period. */
  drawn: readonly string[];
  /** A name for each value of the groups. */
  labels: ReadonlyMap<string, string>;
  /** By day: up to four weeks before the range, too, which say what is usual on a weekday. */
  groupsByPeriod: Costs;
};

/** The same; `byPeriod.missing_days` has every day without data, and `missing` says why. */
export type ViewCosts = FetchedCosts & {
  missing: MissingDays;
  /** When the connected organization that was read longest ago was read last; null if none was. */
  readAt: string | null;
};

/** The days of a range without data, by reason. */
export type MissingDays = {
  notRead: readonly string[];
  beforeHistory: readonly string[];
  future: readonly string[];
  /** The first day of the longest history. */
  historyFrom: string;
};

/** What explains the costs of a view. The days of a running range that have ended are compared, not all of it. */
export type ViewDetails = {
  view: View;
  ended: DayRange;
  groupsEnded: Costs;
  lineItemsEnded: Costs;
  /** The groups in the comparison period. */
  groupsBefore: Costs;
  /** Each group of the range by line item and token type: each part has one unit of quantity. */
  parts: Costs;
  lineItems: Costs;
  lineItemsBefore: Costs;
};
