import { useComputedColorScheme } from '@mantine/core';
import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react';
import { shortDay } from '../../ui/format/day.ts';
import { axisMoney } from '../../ui/format/money.ts';
import styles from './chart.module.css';
import { dayMarksPlugin, type Marks } from './day-marks-plugin.ts';
import type { Series } from './series.ts';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

type Props = {
  days: readonly string[];
  series: readonly Series[];
  missing: ReadonlySet<string>;
  restated: ReadonlySet<string>;
  /** The last day that has ended; later ones are pale. */
  openFrom: string | undefined;
  /** The day of the read-out. */
  chosen: string;
  currency: string;
  /** For screen readers. */
  label: string;
  onDay: (day: string) => void;
  onMove: (days: number) => void;
};

const PALE = '66';

/** Spend by day, stacked. The heights of bars are floats; nothing else on the page is. */
export function SpendChart({
  days,
  series,
  missing,
  restated,
  openFrom,
  chosen,
  currency,
  label,
  onDay,
  onMove,
}: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart<'bar'>>(undefined);
  const marks = useRef<Marks>(undefined);
  const dark = useComputedColorScheme('light') === 'dark';

  useEffect(() => {
    if (!canvas.current) return;
    const ink = dark ? '#c9c9c9' : '#495057';
    const grid = dark ? '#3b3b3b' : '#e9ecef';
    const isOpen = (day = '') => openFrom === undefined || day > openFrom;
    const lowest = Math.min(0, ...days.map((day) => sumBelow(series, day)));
    marks.current = { days, missing, restated, chosen: '', ink, weekend: dark ? '#25282c' : '#f1f3f5' };
    chart.current = new Chart(canvas.current, {
      type: 'bar',
      data: {
        labels: [...days],
        datasets: series.map(({ name, colour, amounts }) => ({
          label: name,
          data: days.map((day) => (missing.has(day) ? null : Number(amounts.get(day) ?? 0))),
          backgroundColor: days.map((day) => (isOpen(day) ? colour + PALE : colour)),
          stack: 'spend',
          categoryPercentage: days.length > 120 ? 1 : 0.86,
          barPercentage: 1,
        })),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        events: [],
        scales: {
          x: {
            stacked: true,
            grid: { display: false },
            border: { color: grid },
            ticks: {
              color: ink,
              maxRotation: 0,
              autoSkipPadding: 16,
              callback: (_value, index) => shortDay(days[index] ?? ''),
            },
          },
          y: {
            stacked: true,
            // Only as far down as the deepest credit.
            min: lowest < 0 ? lowest * 1.2 : 0,
            grid: { color: grid },
            border: { display: false },
            ticks: {
              color: ink,
              maxTicksLimit: 6,
              callback: (value) => (Number(value) < 0 ? '' : axisMoney(Number(value), currency)),
            },
          },
        },
        plugins: { tooltip: { enabled: false } },
      },
      plugins: [dayMarksPlugin(() => marks.current)],
    });
    return () => chart.current?.destroy();
  }, [days, series, missing, restated, openFrom, currency, dark]);

  useEffect(() => {
    if (!marks.current) return;
    marks.current = { ...marks.current, chosen };
    chart.current?.draw();
  });

  function pointAt({ nativeEvent: { offsetX } }: MouseEvent) {
    const { x } = chart.current?.scales ?? {};
    const index = Math.round(x?.getValueForPixel(offsetX) ?? 0);
    const day = days[Math.min(days.length - 1, Math.max(0, index))];
    if (day) onDay(day);
  }
  function press(event: KeyboardEvent) {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -days.length, End: days.length }[event.key];
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

/** How deep a day's credits go below 0. */
const sumBelow = (series: readonly Series[], day: string) =>
  series.reduce((sum, { amounts }) => sum + Math.min(0, Number(amounts.get(day) ?? 0)), 0);
