import type { Chart, Plugin } from 'chart.js';

export type Marks = {
  days: readonly string[];
  missing: ReadonlySet<string>;
  restated: ReadonlySet<string>;
  /** The day of the read-out. */
  chosen: string;
  ink: string;
  weekend: string;
};

/** Above this many days, weekends would be a pattern. */
const MOST_WITH_WEEKENDS = 62;

/**
 * A Chart.js plugin: shades weekends, frames the chosen day, hatches missing days, since unknown is not zero, and marks
 * restated days with a triangle.
 */
export function dayMarksPlugin(marks: () => Marks | undefined): Plugin<'bar'> {
  return {
    id: 'day-marks',
    beforeDatasetsDraw({ ctx, chartArea, scales: { x } }: Chart<'bar'>) {
      const { days, missing, ink, weekend } = marks() ?? NONE;
      if (!x) return;
      const width = chartArea.width / Math.max(1, days.length);
      ctx.save();
      ctx.fillStyle = weekend;
      for (const [index, day] of days.entries()) {
        if (days.length > MOST_WITH_WEEKENDS || new Date(day).getUTCDay() % 6 !== 0) continue;
        ctx.fillRect(x.getPixelForValue(index) - width / 2, chartArea.top, width, chartArea.height);
      }
      ctx.fillStyle = hatching(ctx, ink);
      for (const [index, day] of days.entries()) {
        const centre = x.getPixelForValue(index);
        if (missing.has(day)) ctx.fillRect(centre - width / 2, chartArea.top, width, chartArea.height);
      }
      ctx.restore();
    },
    afterDatasetsDraw({ ctx, chartArea, scales: { x } }: Chart<'bar'>) {
      const { days, restated, chosen, ink } = marks() ?? NONE;
      if (!x) return;
      const width = chartArea.width / Math.max(1, days.length);
      ctx.save();
      const at = days.indexOf(chosen);
      ctx.strokeStyle = ink;
      ctx.lineWidth = 1.5;
      if (at >= 0) ctx.strokeRect(x.getPixelForValue(at) - width / 2, chartArea.top + 1, width, chartArea.height - 1);
      ctx.fillStyle = ink;
      for (const [index, day] of days.entries()) {
        if (!restated.has(day)) continue;
        const centre = x.getPixelForValue(index);
        ctx.beginPath();
        ctx.moveTo(centre - 4, chartArea.top);
        ctx.lineTo(centre + 4, chartArea.top);
        ctx.lineTo(centre, chartArea.top + 6);
        ctx.fill();
      }
      ctx.restore();
    },
  };
}

const NONE: Marks = { days: [], missing: new Set(), restated: new Set(), chosen: '', ink: '', weekend: '' };

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
