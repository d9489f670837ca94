import type { Outcome } from './phases/run-phase.ts';

const WIDTHS = [12, 24, 7, 8, 5, 12, 7] as const;
const LEFT = new Set([0, 1, 6]);

const line = (cells: readonly string[]) =>
  cells
    .map((cell, index) => (LEFT.has(index) ? cell.padEnd(WIDTHS[index] ?? 0) : cell.padStart(WIDTHS[index] ?? 0)))
    .join(' ')
    .trimEnd();

/** The names of columns, and a rule below them. */
export const HEAD = [
  line(['phase', 'killed (~ paused)', 'faults', 'seconds', 'days', 'difference', 'verdict']),
  line(WIDTHS.map((width) => '─'.repeat(width))),
];

/** A phase as a line of at most 80 characters, and below it whatever is wrong. */
export function describe({ name, hits, faults, seconds, days, difference, wrong }: Outcome): string[] {
  const times = Map.groupBy(hits, (hit) => hit);
  const killed = [...times].map(([kill, { length }]) => (length > 1 ? `${length}×${kill}` : kill)).join(' ');
  const verdict = wrong.length === 0 ? 'right' : 'WRONG';
  const cells = [name, shorten(killed), `${faults.length}`, seconds.toFixed(1), `${days}`, difference, verdict];
  return [line(cells), ...wrong.map((each) => `  ${each}`)];
}

const NAMES: [RegExp, string][] = [
  [/clickhouse/g, 'engine'],
  [/worker/g, 'w'],
  [/temporal/g, 'tmprl'],
];
const shorten = (killed: string) =>
  NAMES.reduce((text, [name, short]) => text.replace(name, short), killed).slice(0, 24);
