import type { ChartOptions } from 'chart.js';
import { axisMoney } from '../../ui/format/money.ts';
import { periodTick } from '../view/period-name.ts';
import type { Granularity, Period } from '../view/periods.ts';

type Given = {
  periods: readonly Period[];
  granularity: Granularity;
  currency: string;
  /** Colours of texts and of lines. */
  ink: string;
  grid: string;
  /** Of what is drawn beside the bars, and of credits. */
  lowest: number;
  highest: number;
};

/** The axes. The chart neither animates nor reacts: the read-out does. */
export const chartOptions = ({
  periods,
  granularity,
  currency,
  ink,
  grid,
  lowest,
  highest,
}: Given): ChartOptions<'bar'> => ({
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
        callback: (_value, index) => periods[index] && periodTick(periods[index], granularity),
      },
    },
    y: {
      stacked: true,
      // Only as far down as the deepest credit.
      min: lowest < 0 ? lowest * 1.2 : 0,
      suggestedMax: highest,
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
});
