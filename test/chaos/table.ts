import type { Outcome } from './phases/run-phase.ts';

const WIDTHS = [12, 18, 6, 7, 4, 20, 7] as const;
const LEFT = new Set([0, 1, 6]);

const line = (cells: readonly string[]) =>
  cells
    .map((cell, index) => (LEFT.has(index) ? cell.padEnd(WIDTHS[index] ?? 0) : cell.padStart(WIDTHS[index] ?? 0)))
    .join(' ')
    .trimEnd();

/** The names of columns, and a rule below them. */
export const HEAD = [
  line(['phase', 'killed', 'faults', 'seconds', 'days', 'difference', 'verdict']),
  line(WIDTHS.map((width) => '─'.repeat(width))),
];

/** A phase as a line of at most 80 characters, and below it whatever is wrong. */
export function linesOf({ name, hits, faults, seconds, days, difference, wrong }: Outcome): string[] {
  const times = Map.groupBy(hits.map(letterOf), (hit) => hit);
  const hit = [...times].map(([letter, { length }]) => (length > 1 ? `${length}${letter}` : letter)).join(' ');
  const verdict = wrong.length === 0 ? 'right' : 'WRONG';
  const cells = [name, hit, `${faults.length}`, seconds.toFixed(1), `${days}`, difference.slice(0, WIDTHS[5]), verdict];
  return [line(cells), ...wrong.map((each) => `  ${each}`)];
}

/** A phase that was left out, and why. */
export const skippedLine = (name: string, reason: string) => `${name.padEnd(WIDTHS[0])} not tried: ${reason}`;

/** What the letters under "killed" are, for below the table. */
export const LEGEND = 'Killed: A API, E engine, T Temporal, W1 and W2 workers; ~ paused';

const LETTERS: Record<string, string> = { api: 'A', clickhouse: 'E', temporal: 'T', worker1: 'W1', worker2: 'W2' };
const letterOf = (hit: string) => hit.replace(/\w+/, (name) => LETTERS[name] ?? name);
