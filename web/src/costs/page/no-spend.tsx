import { Button, Text } from '@mantine/core';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { lengthOf } from '#domain/day.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { longRange } from '../../ui/format/day.ts';
import { describeMissingDays } from '../data/missing-days.ts';
import type { ViewCosts } from '../data/view-costs.ts';
import type { View } from '../view/view.ts';
import { organizationOf } from './organization-heading.tsx';

type Props = { costs: ViewCosts; integrations: readonly IntegrationView[]; onView: (view: View) => void };

/** Shown in place of chart and table for a range without costs: says whether nothing was spent or nothing is known. */
export function NoSpend({ costs: { view, days, byPeriod, missing }, integrations, onView }: Props) {
  const range = longRange(days);
  const gaps = describeMissingDays(missing);
  const isKnown = byPeriod.missing_days.length < lengthOf(days);
  const isFiltered = Object.keys(view.filters).length > 0;
  return (
    <EmptyState>
      <Text>
        {isKnown
          ? `No costs in ${range}${isFiltered ? ' for your filters' : ''}${gaps && `, without ${gaps}`}.`
          : `No data for ${range}: ${gaps}.`}
      </Text>
      {isKnown && isFiltered && (
        <Button size="xs" variant="default" onClick={() => onView({ ...view, filters: {} })}>
          Clear filters
        </Button>
      )}
      {isKnown && !isFiltered && (
        <Text size="sm" c="dimmed" maw={560}>
          OpenAI states no costs of {organizationOf(view, integrations)} for these days. The usual reasons: nothing was
          used; it was used through another organization; or it was seats of ChatGPT, which this bill does not have.
        </Text>
      )}
    </EmptyState>
  );
}
