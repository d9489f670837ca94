import type { Chart, Plugin } from 'chart.js';
import type { Granularity } from '../view/periods.ts';
import type { MarkedPeriod } from './marked-periods.ts';

export type Marks = {
  periods: readonly MarkedPeriod[];
  granularity: Granularity;
  /** Amounts of the comparison period, drawn as a line. */
  line: readonly (number | undefined)[] | undefined;
  /** How high the bar of each is. */
  tops: readonly number[];
  /** What is expected of each, from its bar's end on: drawn as an outline. */
  outlines: readonly ({ bottom: number; top: number } | undefined)[];
  /** The first day of the read-out's period. */
  chosen: string;
  ink: string;
  alert: string;
  weekend: string;
};

/** Above this many days, weekends would be a pattern. */
const MOST_WITH_WEEKENDS = 62;

/**
 * A Chart.js plugin: shades weekends, frames the chosen period, hatches those with missing days, since unknown is not
 * zero, marks restated ones with a triangle and those with alerts with a diamond, and draws what is expected and the
 * line of the comparison period.
 */
export function periodMarksPlugin(marks: () => Marks | undefined): Plugin<'bar'> {
  return {
    id: 'period-marks',
    beforeDatasetsDraw({ ctx, chartArea, scales: { x } }: Chart<'bar'>) {
      const { periods, granularity, ink, weekend } = marks() ?? NONE;
      if (!x) return;
      const width = chartArea.width / Math.max(1, periods.length);
      const fill = (index: number) =>
        ctx.fillRect(x.getPixelForValue(index) - width / 2, chartArea.top, width, chartArea.height);
      const hasWeekends = granularity === 'day' && periods.length <= MOST_WITH_WEEKENDS;
      ctx.save();
      ctx.fillStyle = weekend;
      for (const [index, { start }] of periods.entries()) {
        if (hasWeekends && new Date(start).getUTCDay() % 6 === 0) fill(index);
      }
      ctx.fillStyle = hatching(ctx, ink);
      for (const [index, { missing }] of periods.entries()) if (missing) fill(index);
      ctx.restore();
    },
    afterDatasetsDraw({ ctx, chartArea, scales: { x, y } }: Chart<'bar'>) {
      const { periods, line, tops, outlines, chosen, ink, alert } = marks() ?? NONE;
      if (!x || !y) return;
      const width = chartArea.width / Math.max(1, periods.length);
      ctx.save();
      const at = periods.findIndex(({ start }) => start === chosen);
      ctx.strokeStyle = ink;
      ctx.lineWidth = 1.5;
      if (at >= 0) ctx.strokeRect(x.getPixelForValue(at) - width / 2, chartArea.top + 1, width, chartArea.height - 1);
      ctx.fillStyle = ink;
      for (const [index, { isRestated }] of periods.entries()) {
        if (!isRestated) continue;
        // On its bar, with a little air.
        const tip = Math.max(chartArea.top + 6, y.getPixelForValue(tops[index] ?? 0) - 3);
        const centre = x.getPixelForValue(index);
        ctx.beginPath();
        ctx.moveTo(centre - 4, tip - 6);
        ctx.lineTo(centre + 4, tip - 6);
        ctx.lineTo(centre, tip);
        ctx.fill();
      }
      ctx.fillStyle = alert;
      for (const [index, { alerts }] of periods.entries()) {
        if (alerts.length > 0) fillDiamond(ctx, x.getPixelForValue(index), chartArea.top + 13);
      }
      ctx.lineWidth = 1;
      ctx.setLineDash([3, 3]);
      for (const [index, outline] of outlines.entries()) {
        if (!outline) continue;
        const [bottom, top] = [y.getPixelForValue(outline.bottom), y.getPixelForValue(outline.top)];
        ctx.strokeRect(x.getPixelForValue(index) - 0.43 * width, top, 0.86 * width, bottom - top);
      }
      ctx.setLineDash([]);
      ctx.lineWidth = 2;
      ctx.beginPath();
      for (const [index, height] of line?.entries() ?? []) {
        if (height === undefined) continue;
        const left = x.getPixelForValue(index) - width / 2;
        ctx.lineTo(left, y.getPixelForValue(height));
        ctx.lineTo(left + width, y.getPixelForValue(height));
      }
      ctx.stroke();
      ctx.restore();
    },
  };
}

const NONE: Marks = {
  periods: [],
  granularity: 'day',
  line: undefined,
  tops: [],
  outlines: [],
  chosen: '',
  ink: '',
  alert: '',
  weekend: '',
};

function fillDiamond(ctx: CanvasRenderingContext2D, x: number, y: number): void {
  ctx.beginPath();
  ctx.moveTo(x, y - 5);
  ctx.lineTo(x + 5, y);
  ctx.lineTo(x, y + 5);
  ctx.lineTo(x - 5, y);
  ctx.fill();
}

function hatching(ctx: CanvasRenderingContext2D, ink: string): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = 8;
  tile.height = 8;
  const lines = tile.getContext('2d');
  if (!lines) return ink;
  lines.strokeStyle = ink;
  lines.globalAlpha = 0.5;
  lines.beginPath();
  for (const shift of [-8, 0, 8]) {
    lines.moveTo(shift, 8);
    lines.lineTo(shift + 8, 0);
  }
  lines.stroke();
  return ctx.createPattern(tile, 'repeat') ?? ink;
}
