import { Paper, Text } from '@mantine/core';
import { exactMoney } from '../../ui/format/money.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { notUnderstood } from './not-understood.ts';

/** Says how much of the costs is for line items that are not understood, where it is more than 1 %. */
export function NotUnderstoodNotice({ costs, details }: { costs: ViewCosts; details: ViewDetails }) {
  const result = notUnderstood(costs, details);
  if (!result) return null;
  return (
    <Paper withBorder p="sm" radius="md" role="status">
      <Text size="sm">
        {exactMoney(result.amount, costs.groups.currency ?? 'usd')} of these costs, {result.percent} %, is for line
        items that this version does not understand. They count in every sum, without a model and a token type. The view
        unknown_line_items lists them.
      </Text>
    </Paper>
  );
}
