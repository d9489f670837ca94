import { Paper, SegmentedControl, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { daysOf } from '#domain/day.ts';
import { Amount } from '../../ui/amount.tsx';
import { longRange } from '../../ui/format/day.ts';
import { exactMoney } from '../../ui/format/money.ts';
import layout from '../../ui/layout.module.css';
import type { ViewCosts } from '../data/view-costs.ts';
import { dimensionName } from '../view/dimensions.ts';
import { type Looks, useLooks } from '../view/view.ts';
import styles from './chart.module.css';
import { CompletenessNote } from './completeness-note.tsx';
import { ReadOut } from './read-out.tsx';
import { cumulated, toSeries } from './series.ts';
import { SpendChart } from './spend-chart.tsx';

type Props = {
  costs: ViewCosts;
  /** What is said of each restated day. */
  restated: ReadonlyMap<string, string>;
  colours: ReadonlyMap<string, string>;
  onChoose: (value: string) => void;
};

/** The chart, the figures of the chosen day beside it, and how complete the data are. */
export function SpendByDay({ costs, restated, colours, onChoose }: Props) {
  const { view, groups, daily, missing } = costs;
  const days = useMemo(() => daysOf(daily), [daily]);
  const missingDays = useMemo(() => new Set(daily.missing_days), [daily]);
  const restatedDays = useMemo(() => new Set(restated.keys()), [restated]);
  const series = useMemo(() => toSeries(costs, colours), [costs, colours]);
  const [{ chart }, setLooks] = useLooks();
  const drawn = useMemo(() => (chart === 'cumulative' ? cumulated(series, days) : series), [chart, series, days]);
  const [chosen, setChosen] = useState<string>();
  const last = days.findLast((day) => groups.synced_through !== null && day <= groups.synced_through);
  const day = chosen && days.includes(chosen) ? chosen : (last ?? days.at(-1) ?? '');
  const move = (by: number) => setChosen(days[Math.min(days.length - 1, Math.max(0, days.indexOf(day) + by))]);
  const currency = groups.currency ?? 'usd';
  const by = dimensionName[view.by].toLowerCase().replace('api', 'API');
  const isKnown = daily.missing_days.length < days.length;
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label="Spend by day" className={styles.card}>
      <header className={layout.row}>
        <Title order={2} size="h6">
          Cost per day by {by}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label="Chart"
          value={chart}
          onChange={(value) => setLooks({ chart: value as Looks['chart'] })}
          data={[
            { value: 'bars', label: 'Bars' },
            { value: 'cumulative', label: 'Cumulative' },
          ]}
        />
        <fieldset className={`${styles.total} ${layout.end}`} aria-label="Figures">
          {longRange(groups)}:{' '}
          <strong>{isKnown ? <Amount amount={groups.total ?? '0'} currency={currency} /> : '–'}</strong>
        </fieldset>
      </header>
      <div className={styles.columns}>
        <SpendChart
          days={days}
          series={drawn}
          missing={missingDays}
          restated={restatedDays}
          openFrom={last}
          chosen={day}
          currency={currency}
          label={`Spend by day, stacked by ${by}, ${exactMoney(groups.total ?? '0', currency)} in all. Arrow keys move the day.`}
          onDay={setChosen}
          onMove={move}
        />
        <ReadOut
          costs={costs}
          series={series}
          day={day}
          restatement={restated.get(day)}
          onMove={move}
          onChoose={onChoose}
        />
      </div>
      <CompletenessNote missing={missing} restatedDays={restated.size} syncedThrough={groups.synced_through} />
    </Paper>
  );
}
