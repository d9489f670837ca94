import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { burnUpFigures } from '#web/src/costs/month/burn-up-figures.ts';
import { BurnUpLines } from '#web/src/costs/month/burn-up-lines.tsx';

const summary = {
  this_month: { from: '2026-11-01', to: '2026-11-04', amount: '60' },
  last_month: { from: '2026-10-01', to: '2026-11-01', amount: '100' },
  forecast: {
    ...{ amount: '590', low: '550', high: '600' },
    // A day that was not read, what is to come of today, and the others.
    days: ['02', '03', ...Array.from({ length: 27 }, (_, index) => String(index + 4).padStart(2, '0'))].map((day) => ({
      day: `2026-11-${day}`,
      amount: day === '02' ? '10' : '18.57',
    })),
  },
  days: [
    { day: '2026-10-31', amount: '100' },
    { day: '2026-11-01', amount: '20' },
    { day: '2026-11-03', amount: '40' },
  ],
} as unknown as CostsSummary;

/** The lines, and where the expected end and its range are drawn, from left to right, on a chart whose 31 days have 17 pixels each. */
function drawn(of: CostsSummary) {
  const size = { width: 44 + 31 * 17 + 8, height: 200 };
  const figures = burnUpFigures(of, undefined);
  const svg = renderToStaticMarkup(
    createElement(BurnUpLines, { figures, from: '2026-11-01', currency: 'usd', ...size }),
  );
  const across = (name: string) =>
    [...(svg.match(`class="[^"]*${name}[^"]*" d="([^"]*)"`)?.[1] ?? '').matchAll(/[ML]([\d.]+)/g)].map(([, x]) => x);
  return { svg, expected: across('expected'), band: across('band') };
}

test('days add up, also those without costs, and the axis ends above all of it', () => {
  const { now, before, days, length, ticks } = burnUpFigures(summary, undefined);
  expect(now).toEqual([0, 20, 20, 60]);
  expect(before.slice(-2)).toEqual([0, 100]);
  expect([days, length]).toEqual([30, 31]);
  expect(ticks).toEqual([0, 200, 400, 600]);
});

test('the expected end is reached day by day', () => {
  const { forecast, now } = burnUpFigures(summary, undefined);
  expect(forecast?.path.slice(0, 3)).toEqual([60, expect.closeTo(107.14), expect.closeTo(125.71)]);
  expect(forecast?.path).toHaveLength(30 - now.length + 2);
  expect(forecast?.path.at(-1)).toBe(590);
});

test('on the last day of a month, what is to come of it', () => {
  const lastDay = { ...summary, this_month: { from: '2026-11-01', to: '2026-12-01', amount: '60' } };
  const { forecast, now, days } = burnUpFigures(lastDay, undefined);
  expect(forecast?.path).toEqual([60, 590]);
  expect(now).toHaveLength(days + 1);
  const { svg, expected, band } = drawn(lastDay);
  expect(expected).toEqual(['554.0', '554.0']);
  expect(band).toEqual(['554', '554']);
  expect(svg).toMatch(/x="520" y="194">Nov 29</);
});

test('a budget is a line, and raises the axis, unless it is so far above that all else would be flat', () => {
  expect(burnUpFigures(summary, '1000')).toMatchObject({ budget: 1000, ticks: [0, 500, 1000] });
  expect(burnUpFigures(summary, '1201').budget).toBeUndefined();
  expect(burnUpFigures(summary, undefined).budget).toBeUndefined();
});
