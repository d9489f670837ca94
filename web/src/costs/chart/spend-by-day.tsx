import { Paper } from '@mantine/core';
import { useMemo } from 'react';
import { daysOf } from '#domain/day.ts';
import { exactMoney } from '../../ui/format/money.ts';
import type { ViewCosts } from '../data/view-costs.ts';
import { dimensionName } from '../view/dimensions.ts';
import styles from './chart.module.css';
import { CompletenessNote } from './completeness-note.tsx';
import { Legend } from './legend.tsx';
import { toSeries } from './series.ts';
import { SpendChart } from './spend-chart.tsx';

type Props = {
  costs: ViewCosts;
  /** When each restated day was found changed. */
  restated: ReadonlyMap<string, string>;
  colours: ReadonlyMap<string, string>;
  onChoose: (value: string) => void;
};

/** The chart with its legend, and how complete its data are. */
export function SpendByDay({ costs, restated, colours, onChoose }: Props) {
  const { view, groups, daily, missing } = costs;
  const days = useMemo(() => daysOf(daily), [daily]);
  const missingDays = useMemo(() => new Set(daily.missing_days), [daily]);
  const restatedDays = useMemo(() => new Set(restated.keys()), [restated]);
  const series = useMemo(() => toSeries(costs, colours), [costs, colours]);
  const currency = groups.currency ?? 'usd';
  const by = dimensionName[view.by].toLowerCase();
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label="Spend by day" className={styles.card}>
      <SpendChart
        days={days}
        series={series}
        missing={missingDays}
        restated={restatedDays}
        currency={currency}
        label={`Spend by day, stacked by ${by}, ${exactMoney(groups.total ?? '0', currency)} in all. The table has the figures.`}
        onChoose={onChoose}
      />
      <Legend series={series} onChoose={onChoose} />
      <CompletenessNote missing={missing} restatedDays={restated.size} syncedThrough={groups.synced_through} />
    </Paper>
  );
}
