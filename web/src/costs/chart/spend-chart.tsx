import { useComputedColorScheme } from '@mantine/core';
import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react';
import type { ComparedAmount } from '../comparison/compared-amounts.ts';
import type { Granularity } from '../view/periods.ts';
import styles from './chart.module.css';
import { chartOptions } from './chart-options.ts';
import type { MarkedPeriod } from './marked-periods.ts';
import { type Marks, periodMarksPlugin } from './period-marks-plugin.ts';
import type { Series } from './series.ts';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

type Props = {
  periods: readonly MarkedPeriod[];
  granularity: Granularity;
  series: readonly Series[];
  /** What to draw as a line above the bars; it ends where these do. */
  compared: ReadonlyMap<string, ComparedAmount> | undefined;
  isCumulative: boolean;
  /** The first day of the read-out's period. */
  chosen: string;
  currency: string;
  /** For screen readers. */
  label: string;
  onChoose: (start: string) => void;
  onMove: (periods: number) => void;
};

const PALE = '66';

/** Spend by period, stacked. The heights of bars are floats; nothing else on the page is. */
export function SpendChart(props: Props) {
  const { periods, granularity, series, compared, isCumulative, chosen, currency, label, onChoose, onMove } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart<'bar'>>(undefined);
  const marks = useRef<Marks>(undefined);
  const dark = useComputedColorScheme('light') === 'dark';

  useEffect(() => {
    if (!canvas.current) return;
    const ink = dark ? '#c9c9c9' : '#495057';
    const grid = dark ? '#3b3b3b' : '#e9ecef';
    const lowest = Math.min(0, ...periods.map(({ start }) => sumBelow(series, start)));
    const line = compared && periods.map(({ start }) => heightOf(compared.get(start)?.amount));
    const outlines = periods.map((period) => (isCumulative ? undefined : outlineOf(period, series)));
    const tops = periods.map(({ start }) => sumAbove(series, start));
    const highest = [...(line ?? []), ...outlines.map((outline) => outline?.top)].map((height) => height ?? 0);
    const [weekend, alert] = dark ? ['#25282c', '#ff8787'] : ['#f1f3f5', '#b42318'];
    marks.current = { periods, granularity, line, tops, outlines, chosen: '', ink, alert, weekend };
    chart.current = new Chart(canvas.current, {
      type: 'bar',
      data: {
        labels: periods.map(({ start }) => start),
        datasets: series.map(({ name, colour, amounts }) => ({
          label: name,
          data: periods.map(({ start, missing, isToCome }) =>
            missing?.isAll || isToCome ? null : Number(amounts.get(start) ?? 0),
          ),
          backgroundColor: periods.map(({ isOpen }) => (isOpen ? colour + PALE : colour)),
          stack: 'spend',
          categoryPercentage: periods.length > 120 ? 1 : 0.86,
          barPercentage: 1,
        })),
      },
      options: chartOptions({ periods, granularity, currency, ink, grid, lowest, highest: Math.max(0, ...highest) }),
      plugins: [periodMarksPlugin(() => marks.current)],
    });
    return () => chart.current?.destroy();
  }, [periods, granularity, series, compared, isCumulative, currency, dark]);

  useEffect(() => {
    if (!marks.current) return;
    marks.current = { ...marks.current, chosen };
    chart.current?.draw();
  });

  function pointAt({ nativeEvent: { offsetX } }: MouseEvent) {
    const { x } = chart.current?.scales ?? {};
    const index = Math.round(x?.getValueForPixel(offsetX) ?? 0);
    const period = periods[Math.min(periods.length - 1, Math.max(0, index))];
    if (period) onChoose(period.start);
  }
  function press(event: KeyboardEvent) {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -periods.length, End: periods.length }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onMove(by);
  }
  return (
    <div className={styles.chart}>
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={label}
        onMouseMove={pointAt}
        onClick={pointAt}
        onKeyDown={press}
      />
    </div>
  );
}

/** How deep a period's credits go below 0. */
const sumBelow = (series: readonly Series[], start: string) =>
  series.reduce((sum, { amounts }) => sum + Math.min(0, Number(amounts.get(start) ?? 0)), 0);

/** How high a period's costs go above 0. */
const sumAbove = (series: readonly Series[], start: string) =>
  series.reduce((sum, { amounts }) => sum + Math.max(0, Number(amounts.get(start) ?? 0)), 0);

const heightOf = (amount: string | undefined) => (amount === undefined ? undefined : Number(amount));

/** What is expected of a period, on top of its bar. */
function outlineOf({ start, expected }: MarkedPeriod, series: readonly Series[]) {
  if (expected === undefined) return undefined;
  const bottom = sumAbove(series, start);
  return { bottom, top: bottom + Number(expected) };
}
