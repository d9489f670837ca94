import { Paper, Text } from '@mantine/core';
import { daysBetween, daysInWords } from '../format/day.ts';
import type { Answers } from './ask-costs.ts';

export function NothingSpent({ answers: { view, days, daily } }: { answers: Answers }) {
  const missing = daily.missing_days.length;
  return (
    <Paper withBorder p="xl" radius="md">
      <Text c="dimmed" ta="center">
        {missing === daysBetween(days.from, days.to) ? 'Nothing is known of ' : 'Nothing was spent in '}
        {daysInWords(days.from, days.to)}
        {Object.keys(view.filters).length > 0 && ', of what you filtered by'}
        {missing > 0 && ', on the days that were read'}.
      </Text>
    </Paper>
  );
}
