import { Paper } from '@mantine/core';
import { useMemo } from 'react';
import { daysOf } from '#domain/day.ts';
import { exactMoney } from '../../ui/format/money.ts';
import type { Answers } from '../data/fetch-costs.ts';
import { dimensionName } from '../view/dimensions.ts';
import { Notes } from './completeness-note.tsx';
import { Legend } from './legend.tsx';
import { toSeries } from './series.ts';
import { SpendChart } from './spend-chart.tsx';

type Props = {
  answers: Answers;
  restated: ReadonlyMap<string, string>;
  colours: ReadonlyMap<string, string>;
  onChoose: (value: string) => void;
};

/** The chart, with what has to be known to read it. */
export function SpendByDay({ answers, restated, colours, onChoose }: Props) {
  const { view, groups, daily, unknown } = answers;
  const days = useMemo(() => daysOf(daily), [daily]);
  const missing = useMemo(() => new Set(daily.missing_days), [daily]);
  const restatedDays = useMemo(() => new Set(restated.keys()), [restated]);
  const series = useMemo(() => toSeries(answers, colours), [answers, colours]);
  const currency = groups.currency ?? 'usd';
  const by = dimensionName[view.by].toLowerCase();
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label="Spend by day">
      <SpendChart
        {...{ days, series, missing, currency, onChoose }}
        restated={restatedDays}
        label={`Spend by day, stacked by ${by}, ${exactMoney(groups.total ?? '0', currency)} in all. The table has the figures.`}
      />
      <Legend {...{ series, onChoose }} />
      <Notes unknown={unknown} restated={restated.size} syncedThrough={groups.synced_through} />
    </Paper>
  );
}
