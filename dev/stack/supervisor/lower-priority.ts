import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Of busy cores, a process gets two fifths of what one with niceness 0 gets. */
const NICENESS = 4;

/**
 * Lets the other parts go first where cores are busy. Linux may weigh sessions in place of processes (`autogroup`); each
 * part is a session. Where the system refuses, all go alike.
 */
export function lowerPriority(pid: number): void {
  attempt(() => setPriority(pid, NICENESS));
  attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(NICENESS)));
}

function attempt(lower: () => void): void {
  try {
    lower();
  } catch {
    // Windows and macOS have no sessions of this kind, and a process may have ended.
  }
}
