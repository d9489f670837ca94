import { useComputedColorScheme } from '@mantine/core';
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js';
import { useEffect, useRef } from 'react';
import { today } from '#domain/day.ts';
import { sumDecimals } from '#domain/decimal.ts';
import { longDay, shortDay } from '../../ui/format/day.ts';
import { axisMoney, exactMoney } from '../../ui/format/money.ts';
import styles from './chart.module.css';
import { dayMarksPlugin } from './day-marks-plugin.ts';
import type { Series } from './series.ts';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

type Props = {
  days: readonly string[];
  series: readonly Series[];
  missing: ReadonlySet<string>;
  restated: ReadonlySet<string>;
  currency: string;
  /** For screen readers; the table below has the figures. */
  label: string;
  onChoose: (value: string) => void;
};

/** Spend by day, stacked. The heights of bars are floats; nothing else on the page is. */
export function SpendChart({ days, series, missing, restated, currency, label, onChoose }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const choose = useRef(onChoose);
  choose.current = onChoose;
  const dark = useComputedColorScheme('light') === 'dark';

  useEffect(() => {
    if (!canvas.current) return;
    const ink = dark ? '#c9c9c9' : '#495057';
    const grid = dark ? '#3b3b3b' : '#e9ecef';
    const chart = new Chart(canvas.current, {
      type: 'bar',
      data: {
        labels: [...days],
        datasets: series.map(({ name, colour, amounts }) => ({
          label: name,
          data: days.map((day) => (missing.has(day) ? null : Number(amounts.get(day) ?? 0))),
          backgroundColor: colour,
          stack: 'spend',
          categoryPercentage: days.length > 120 ? 1 : 0.86,
          barPercentage: 1,
        })),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: 'index', intersect: false },
        onClick: (event, _elements, { getElementsAtEventForMode }) => {
          const [hit] = event.native
            ? getElementsAtEventForMode.call(chart, event.native, 'nearest', { intersect: true }, false)
            : [];
          const value = hit && series[hit.datasetIndex]?.value;
          if (value !== undefined && value !== null) choose.current(value);
        },
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
            grid: { color: grid },
            border: { display: false },
            ticks: { color: ink, maxTicksLimit: 6, callback: (value) => axisMoney(Number(value), currency) },
          },
        },
        plugins: {
          tooltip: {
            filter: ({ raw }) => raw !== 0 && raw !== null,
            callbacks: {
              title: ([first]) => {
                const day = days[first?.dataIndex ?? 0] ?? '';
                return day === today() ? `${longDay(day)}, not over yet` : longDay(day);
              },
              label: ({ datasetIndex, dataIndex, dataset }) => {
                const amount = series[datasetIndex]?.amounts.get(days[dataIndex] ?? '') ?? '0';
                return ` ${dataset.label}: ${exactMoney(amount, currency)}`;
              },
              footer: ([first]) => {
                const day = days[first?.dataIndex ?? 0] ?? '';
                return `Total: ${exactMoney(sumDecimals(series.map(({ amounts }) => amounts.get(day) ?? '0')), currency)}`;
              },
            },
          },
        },
      },
      plugins: [dayMarksPlugin({ days, missing, restated, ink })],
    });
    return () => chart.destroy();
  }, [days, series, missing, restated, currency, dark]);

  return (
    <div className={styles.chart}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
