import { Checkbox, Paper, SegmentedControl, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import type { DayRange } from '#domain/day.ts';
import { Amount } from '../../ui/amount.tsx';
import { comparedRange, longRange } from '../../ui/format/day.ts';
import { roundMoney } from '../../ui/format/money.ts';
import layout from '../../ui/layout.module.css';
import { comparedSums } from '../comparison/compared-amounts.ts';
import { useComparison } from '../comparison/use-comparison.ts';
import { hasData } from '../data/missing-days.ts';
import { type Restatements, restatementIn } from '../data/restatements.ts';
import type { ViewCosts } from '../data/view-costs.ts';
import { dimensionName } from '../view/dimensions.ts';
import { hasEnded } from '../view/periods.ts';
import { type Looks, useLooks } from '../view/use-view.ts';
import styles from './chart.module.css';
import { CompletenessNote } from './completeness-note.tsx';
import { ExpectedDay } from './expected-day.tsx';
import { markedPeriods } from './marked-periods.ts';
import { ReadOut } from './read-out.tsx';
import { cumulated, toSeries } from './series.ts';
import { SpendChart } from './spend-chart.tsx';

type Props = {
  costs: ViewCosts;
  /** The comparison period; undefined where nothing can be compared. */
  before: DayRange | undefined;
  restated: Restatements;
  /** Those of the view's costs. */
  alerts: readonly AlertView[];
  /** Of the current month. */
  forecast: CostsSummary['forecast'] | undefined;
  colours: ReadonlyMap<string, string>;
  onChoose: (value: string) => void;
};

/** The chart, the figures of the chosen period beside it, and how complete the data are. */
export function SpendByPeriod({ costs, before, restated, alerts, forecast, colours, onChoose }: Props) {
  const { view, groups, byPeriod, missing, readAt, periods, granularity, days } = costs;
  const [{ chart, drawsComparison }, setLooks] = useLooks();
  const isCumulative = chart === 'cumulative';
  const series = useMemo(() => toSeries(costs, colours), [costs, colours]);
  const drawn = useMemo(
    () =>
      isCumulative
        ? cumulated(
            series,
            periods.map(({ start }) => start),
          )
        : series,
    [isCumulative, series, periods],
  );
  const ofPeriods = useComparison(costs, drawsComparison ? before : undefined);
  const compared = useMemo(
    () => (ofPeriods && isCumulative ? comparedSums(ofPeriods, periods) : ofPeriods),
    [ofPeriods, isCumulative, periods],
  );
  const marked = useMemo(
    () => markedPeriods(costs, { restated: restated.byDay, alerts, forecast }),
    [costs, restated, alerts, forecast],
  );
  const [chosen, setChosen] = useState<string>();
  const last = periods.findLast((period) => hasEnded(period, groups.synced_through)) ?? periods.at(-1);
  const period = marked.find(({ start }) => start === (chosen ?? last?.start)) ?? marked.at(-1);
  if (!period) return null;
  const move = (by: number) =>
    setChosen(marked[Math.min(marked.length - 1, Math.max(0, marked.indexOf(period) + by))]?.start);
  const currency = groups.currency ?? 'usd';
  const by = dimensionName[view.by].toLowerCase().replace('api', 'API');
  const isKnown = hasData(costs);
  const inAll = isKnown ? `${roundMoney(groups.total ?? '0', currency)} in all` : 'nothing of it known';
  return (
    <Paper
      withBorder
      p="md"
      radius="md"
      component="section"
      aria-label={`Spend by ${granularity}`}
      className={styles.card}
    >
      <header className={layout.row}>
        <Title order={2} size="h6">
          {isCumulative ? `Cost by ${by}, added up by ${granularity}` : `Cost per ${granularity} by ${by}`}
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
        {before && (
          <Checkbox
            size="xs"
            label={`Draw ${comparedRange(before, days)}`}
            checked={drawsComparison}
            onChange={({ currentTarget }) => setLooks({ drawsComparison: currentTarget.checked })}
          />
        )}
        <fieldset className={`${styles.total} ${layout.end}`} aria-label="Figures">
          {longRange(groups)}:{' '}
          <strong>{isKnown ? <Amount amount={groups.total ?? '0'} currency={currency} /> : '–'}</strong>
        </fieldset>
      </header>
      <div className={styles.columns}>
        <SpendChart
          periods={marked}
          granularity={granularity}
          series={drawn}
          compared={compared}
          isCumulative={isCumulative}
          chosen={period.start}
          currency={currency}
          label={`Spend by ${granularity}${isCumulative ? ', added up' : ''}, stacked by ${by}, ${inAll}. Arrow keys move the ${granularity}.`}
          onChoose={setChosen}
          onMove={move}
        />
        {period.isToCome ? (
          <ExpectedDay day={period} currency={currency} onMove={move} />
        ) : (
          <ReadOut
            costs={costs}
            series={drawn}
            isCumulative={isCumulative}
            period={period}
            compared={compared?.get(period.start)}
            restatement={restatementIn(period, restated.byDay)}
            alerts={period.alerts}
            onMove={move}
            onChoose={onChoose}
          />
        )}
      </div>
      <CompletenessNote
        missing={missing}
        readAt={readAt}
        restated={restated}
        alerts={marked.reduce((sum, period) => sum + period.alerts.length, 0)}
        syncedThrough={byPeriod.synced_through}
      />
    </Paper>
  );
}
