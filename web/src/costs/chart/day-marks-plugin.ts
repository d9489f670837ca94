import type { Chart, Plugin } from 'chart.js';

type Marks = { days: readonly string[]; missing: ReadonlySet<string>; restated: ReadonlySet<string>; ink: string };

/** A Chart.js plugin: hatches missing days, since unknown is not zero, and marks restated days with a triangle. */
export function dayMarksPlugin({ days, missing, restated, ink }: Marks): Plugin<'bar'> {
  return {
    id: 'day-marks',
    beforeDatasetsDraw({ ctx, chartArea, scales: { x } }: Chart<'bar'>) {
      if (!x) return;
      const width = chartArea.width / Math.max(1, days.length);
      ctx.save();
      ctx.fillStyle = hatching(ctx, ink);
      for (const [index, day] of days.entries()) {
        const centre = x.getPixelForValue(index);
        if (missing.has(day)) ctx.fillRect(centre - width / 2, chartArea.top, width, chartArea.height);
      }
      ctx.restore();
    },
    afterDatasetsDraw({ ctx, chartArea, scales: { x } }: Chart<'bar'>) {
      if (!x) return;
      ctx.save();
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
