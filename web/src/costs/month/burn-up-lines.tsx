import { addDays } from '#domain/day.ts';
import { shortDay } from '../../ui/format/day.ts';
import { axisMoney } from '../../ui/format/money.ts';
import styles from './burn-up.module.css';
import type { BurnUpFigures } from './burn-up-figures.ts';

const [LEFT, RIGHT, TOP, BOTTOM] = [44, 8, 8, 22];
/** The last days that have a label, the first of them where there is room for both, each of so many pixels. */
const [BEFORE_LAST, LAST] = [21, 28];
const LABEL = 42;

type Props = { figures: BurnUpFigures; from: string; currency: string; width: number; height: number };

/** The lines and axes, in pixels: text has one size at every width. */
export function BurnUpLines({ figures, from, currency, width, height }: Props) {
  const { now, before, forecast, budget, days, length, ticks } = figures;
  const x = (days: number) => LEFT + ((width - LEFT - RIGHT) * days) / length;
  const y = (value: number) => TOP + (height - TOP - BOTTOM) * (1 - Math.max(0, value) / (ticks.at(-1) ?? 1));
  const line = (values: readonly number[], from = 0, to = length) =>
    values
      .map(
        (value, index) =>
          `${index === 0 ? 'M' : 'L'}${x(Math.min(from + index, to)).toFixed(1)},${y(value).toFixed(1)}`,
      )
      .join('');
  /** Where a day's label begins: it ends within the chart. */
  const labelAt = (day: number) => Math.min(x(day), width - LABEL);
  const hasRoom = labelAt(LAST) - x(BEFORE_LAST) >= LABEL;
  const today = now.length - 1;
  const [at, spent, end] = [x(today), y(now.at(-1) ?? 0), x(days)];
  return (
    <svg width={width} height={height} aria-hidden="true">
      {ticks.map((value) => (
        <g key={value}>
          <line className={styles.grid} x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} />
          <text className={styles.tick} x={LEFT - 6} y={y(value) + 4} textAnchor="end">
            {axisMoney(value, currency)}
          </text>
        </g>
      ))}
      {[0, 7, 14, ...(hasRoom ? [BEFORE_LAST] : []), LAST]
        .filter((day) => day < days)
        .map((day) => (
          <text key={day} className={styles.tick} x={labelAt(day)} y={height - 6}>
            {shortDay(addDays(from, day))}
          </text>
        ))}
      <path className={styles.before} d={line(before)} />
      {budget !== undefined && <path className={styles.budget} d={`M${LEFT},${y(budget)}H${width - RIGHT}`} />}
      {forecast && forecast.low !== null && forecast.high !== null && (
        <path className={styles.band} d={`M${at},${spent}L${end},${y(forecast.high)}V${y(forecast.low)}Z`} />
      )}
      {forecast && <path className={styles.expected} d={line(forecast.path, today, days)} />}
      <path className={styles.now} d={line(now)} />
      <circle className={styles.dot} cx={at} cy={spent} r={4} />
    </svg>
  );
}
