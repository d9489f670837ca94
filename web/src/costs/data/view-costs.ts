import type { Costs } from '#api/routes/costs/get-costs.ts';
import type { DayRange } from '#domain/day.ts';
import type { View } from '../view/view.ts';

/** The costs of one view, fetched together: figures of two views are never displayed beside each other. */
export type FetchedCosts = {
  view: View;
  days: DayRange;
  /** By the dimension that the view is grouped by. */
  groups: Costs;
  daily: Costs;
  /** The values with a colour of their own in the chart, the highest cost first, and their costs by day. */
  drawn: readonly string[];
  /** A name for each value of the groups. */
  labels: ReadonlyMap<string, string>;
  /** Up to four weeks before the range, too: what is usual on a weekday. */
  dailyGroups: Costs;
};

/** The same; `daily.missing_days` has every day without data, and `missing` says why. */
export type ViewCosts = FetchedCosts & { missing: MissingDays };

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
  /** Each group by line item and token type: each part has one unit of quantity. */
  parts: Costs;
  lineItems: Costs;
  lineItemsBefore: Costs;
};
