import { Paper, Text } from '@mantine/core';
import { lengthOf } from '#domain/day.ts';
import { daysInWords } from '../../ui/format/day.ts';
import type { Answers } from '../data/fetch-costs.ts';
import { unknownInWords } from '../data/missing-days.ts';

export function NothingSpent({ answers: { view, days, daily, unknown } }: { answers: Answers }) {
  const range = daysInWords(days.from, days.to);
  const gaps = unknownInWords(unknown);
  const isKnown = daily.missing_days.length < lengthOf(days);
  const of = Object.keys(view.filters).length > 0 ? ', of what you filtered by' : '';
  return (
    <Paper withBorder p="xl" radius="md">
      <Text c="dimmed" ta="center">
        {isKnown
          ? `Nothing was spent in ${range}${of}${gaps && `, without ${gaps}`}.`
          : `Nothing is known of ${range}: ${gaps}.`}
      </Text>
    </Paper>
  );
}
