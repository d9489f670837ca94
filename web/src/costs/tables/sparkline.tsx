import styles from './tables.module.css';

const [WIDTH, HEIGHT] = [96, 20];

/** How a value went from day to day, without figures. Heights are floats. */
export function Sparkline({ amounts, colour }: { amounts: readonly number[]; colour: string }) {
  const [low, high] = [Math.min(0, ...amounts), Math.max(0, ...amounts)];
  const y = (amount: number) => 1 + (HEIGHT - 2) * (1 - (amount - low) / (high - low || 1));
  const x = (index: number) => (WIDTH * index) / Math.max(1, amounts.length - 1);
  const path = amounts.map((amount, index) => `${index ? 'L' : 'M'}${x(index).toFixed(1)},${y(amount).toFixed(1)}`);
  return (
    <svg className={styles.sparkline} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={path.join('')} fill="none" stroke={colour} strokeWidth="1.25" />
    </svg>
  );
}
