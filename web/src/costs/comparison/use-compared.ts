import { useMemo } from 'react';
import type { Costs } from '#api/routes/costs/get-costs.ts';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { type Compared, compare, whyNotComparable } from '../data/compare.ts';
import type { MissingDays, ViewCosts, ViewDetails } from '../data/view-costs.ts';

/** The groups and line items of a view beside those of its comparison period. */
export type ComparedCosts = {
  groups: readonly Compared[];
  /** Undefined without details. */
  lineItems: readonly Compared[] | undefined;
  /** The details, where the range can be compared. */
  comparable: ViewDetails | undefined;
  /** Why nothing is compared; '' if it is, undefined while it is not known. */
  notComparable: string | undefined;
};

const NOTHING: ComparedCosts = { groups: [], lineItems: undefined, comparable: undefined, notComparable: undefined };

/** @param integrations undefined where they could not be fetched */
export function useCompared(
  costs: ViewCosts | undefined,
  details: ViewDetails | undefined,
  integrations: readonly IntegrationView[] | undefined,
): ComparedCosts {
  return useMemo(
    () => (costs ? compareCosts({ ...costs, details, integrations }) : NOTHING),
    [costs, details, integrations],
  );
}

type Given = {
  groups: Costs;
  missing: MissingDays;
  details: ViewDetails | undefined;
  integrations: readonly IntegrationView[] | undefined;
};

export function compareCosts({ groups, missing, details, integrations }: Given): ComparedCosts {
  const notComparable = details && whyNotComparable({ ...details, missing }, integrations);
  const comparable = notComparable === '' ? details : undefined;
  return {
    groups: compare(groups, comparable?.groupsEnded, comparable?.groupsBefore),
    lineItems: details && compare(details.lineItems, comparable?.lineItemsEnded, comparable?.lineItemsBefore),
    comparable,
    notComparable,
  };
}
