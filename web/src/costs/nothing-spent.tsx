import { Paper, Text } from '@mantine/core';
import { daysInWords } from '../format/day.ts';
import type { Answers } from './ask-costs.ts';

export function NothingSpent({ answers: { view, days, daily } }: { answers: Answers }) {
  return (
    <Paper withBorder p="xl" radius="md">
      <Text c="dimmed" ta="center">
        Nothing was spent in {daysInWords(days.from, days.to)}
        {Object.keys(view.filters).length > 0 && ', of what you filtered by'}
        {daily.missing_days.length > 0 && ', on the days that were read'}.
      </Text>
    </Paper>
  );
}
