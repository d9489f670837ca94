import { existsSync, readFileSync } from 'node:fs';

const LINES = 8;
const WIDTH = 200;

/** The last lines of a log, for a message: at most 8, each at most 200 characters. */
export function logTail(file: string): string {
  if (!existsSync(file)) return '';
  const text = readFileSync(file, 'utf8').trimEnd();
  const lines = text === '' ? [] : text.split('\n').slice(-LINES);
  return lines.map((line) => `  ${line.slice(0, WIDTH)}`).join('\n');
}
