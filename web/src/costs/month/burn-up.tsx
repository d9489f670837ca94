import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { addDays, type DayRange, daysOf, lengthOf, monthOf } from '#domain/day.ts';
import { addDecimals } from '#domain/decimal.ts';
import { monthOnly, shortDay, shortMonth } from '../../ui/format/day.ts';
import { axisMoney, roundMoney } from '../../ui/format/money.ts';
import styles from './month.module.css';

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [440, 220, 44, 8, 26, 22];

/** The month added up day by day, with last month as a thin line, and where it is expected to end. */
export function BurnUp({ summary, currency }: { summary: CostsSummary; currency: string }) {
  const { this_month, last_month, forecast, days } = summary;
  const amounts = new Map(days.map(({ day, amount }) => [day, amount]));
  const month = monthOf(this_month.from);
  const now = added(amounts, this_month);
  const before = added(amounts, last_month);
  const length = Math.max(lengthOf(month), lengthOf(last_month));
  const ends = [now.at(-1) ?? 0, before.at(-1) ?? 0, Number(forecast?.high ?? forecast?.amount ?? 0)];
  const step = niceStep(Math.max(...ends, 1) / 3);
  const top = Math.ceil(Math.max(...ends, 1) / step) * step;
  const x = (days: number) => LEFT + ((WIDTH - LEFT - RIGHT) * days) / length;
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - Math.max(0, value) / top);
  const line = (values: readonly number[]) =>
    values.map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)},${y(value).toFixed(1)}`).join('');
  const legend = [
    { label: monthOnly(month.from), line: styles.now },
    { label: monthOnly(last_month.from), line: styles.before },
    ...(forecast ? [{ label: 'expected', line: styles.expected }] : []),
  ];
  const at = now.length - 1;
  const weeks = [0, 7, 14, 21, 28].filter((days) => days < lengthOf(month));
  const said = `${roundMoney(this_month.amount, currency)} so far${
    forecast ? `, about ${roundMoney(forecast.amount, currency)} expected by the end` : ''
  }, ${roundMoney(last_month.amount, currency)} in all of ${shortMonth(last_month.from)}`;
  return (
    <svg
      className={styles.burnUp}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`The month added up: ${said}`}
    >
      {Array.from({ length: top / step + 1 }, (_, index) => index * step).map((value) => (
        <g key={value}>
          <line className={styles.grid} x1={LEFT} x2={WIDTH - RIGHT} y1={y(value)} y2={y(value)} />
          <text className={styles.tick} x={LEFT - 6} y={y(value) + 4} textAnchor="end">
            {axisMoney(value, currency)}
          </text>
        </g>
      ))}
      {weeks.map((days) => (
        <text key={days} className={styles.tick} x={x(days)} y={HEIGHT - 6}>
          {shortDay(addDays(month.from, days))}
        </text>
      ))}
      <path className={styles.before} d={line(before)} />
      {forecast?.low && forecast.high && (
        <path
          className={styles.band}
          d={`M${x(at)},${y(now[at] ?? 0)}L${x(lengthOf(month))},${y(Number(forecast.high))}V${y(Number(forecast.low))}Z`}
        />
      )}
      {forecast && (
        <path
          className={styles.expected}
          d={`M${x(at)},${y(now[at] ?? 0)}L${x(lengthOf(month))},${y(Number(forecast.amount))}`}
        />
      )}
      <path className={styles.now} d={line(now)} />
      <circle className={styles.dot} cx={x(at)} cy={y(now[at] ?? 0)} r={4} />
      {legend.map(({ label, line }, index) => (
        <g key={label} transform={`translate(${LEFT + 4 + index * 92}, 10)`}>
          <line className={line} x2={20} />
          <text className={styles.tick} x={26} y={4}>
            {label}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** What was spent up to each day's end, from 0: heights of a line. */
function added(amounts: ReadonlyMap<string, string>, range: DayRange): number[] {
  let sum = '0';
  const sums = daysOf(range).map((day) => {
    sum = addDecimals(sum, amounts.get(day) ?? '0');
    return Number(sum);
  });
  return [0, ...sums];
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((times) => times * power >= rough) ?? 10);
}
