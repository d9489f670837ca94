import { Button, Text } from '@mantine/core';
import { EmptyState } from '../../ui/empty-state.tsx';
import { longRange } from '../../ui/format/day.ts';
import { describeMissingDays, hasData } from '../data/missing-days.ts';
import type { ViewCosts } from '../data/view-costs.ts';
import type { View } from '../view/view.ts';

type Props = {
  costs: ViewCosts;
  /** Whose costs these are. */
  organization: string;
  onView: (view: View) => void;
};

/** Shown in place of chart and table for a range without costs: says whether nothing was spent or nothing is known. */
export function NoSpend({ costs, organization, onView }: Props) {
  const { view, days, missing } = costs;
  const range = longRange(days);
  const gaps = describeMissingDays(missing);
  const isKnown = hasData(costs);
  const isFiltered = Object.keys(view.filters).length > 0;
  const currency = view.currency?.toUpperCase();
  return (
    <EmptyState>
      <Text>
        {isKnown
          ? `No costs in ${currency ? `${currency} in ` : ''}${range}${isFiltered ? ' for your filters' : ''}${gaps && `, without ${gaps}`}.`
          : `No data for ${range}: ${gaps}.`}
      </Text>
      {isKnown && isFiltered && (
        <Button size="xs" variant="default" onClick={() => onView({ ...view, filters: {} })}>
          Clear filters
        </Button>
      )}
      {isKnown && !isFiltered && !currency && (
        <Text size="sm" c="dimmed" maw={560}>
          OpenAI states no costs of {organization} for these days. The usual reasons: nothing was used; it was used
          through another organization; or it was seats of ChatGPT, which this bill does not have.
        </Text>
      )}
    </EmptyState>
  );
}
