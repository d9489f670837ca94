import { Text } from '@mantine/core';
import { lengthOf } from '#domain/day.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { longRange } from '../../ui/format/day.ts';
import { describeMissingDays } from '../data/missing-days.ts';
import type { ViewCosts } from '../data/view-costs.ts';

/** Shown in place of chart and table for a range without costs: says whether nothing was spent or nothing is known. */
export function NoSpend({ costs: { view, days, daily, missing } }: { costs: ViewCosts }) {
  const range = longRange(days);
  const gaps = describeMissingDays(missing);
  const isKnown = daily.missing_days.length < lengthOf(days);
  const scope = Object.keys(view.filters).length > 0 ? ' for your filters' : '';
  return (
    <EmptyState>
      <Text c="dimmed">
        {isKnown
          ? `Nothing was spent in ${range}${scope}${gaps && `, without ${gaps}`}.`
          : `No data for ${range}: ${gaps}.`}
      </Text>
    </EmptyState>
  );
}
