import { setTimeout as delay } from 'node:timers/promises';
import type { Draw } from '../draw.ts';
import type { Processes } from '../product/processes.ts';

/** A process, when it is killed, and how long it is down, in ms. */
export type Kill = { name: string; at: number; downMs: number };

const WINDOW_MS = 7_000;
const MOST_DOWN_MS = 1_500;

/** Two to four kills at random moments, of the processes in turn, so that a few phases kill each. */
export function drawKills(draw: Draw, names: readonly string[], index: number): Kill[] {
  return Array.from({ length: draw.whole(2, 4) }, (_, place) => ({
    name: place === 0 ? (names[index % names.length] ?? '') : draw.oneOf(names),
    at: draw.whole(0, WINDOW_MS),
    downMs: draw.whole(0, MOST_DOWN_MS),
  }));
}

/** Kills as planned. @returns the names of those that were running then */
export async function carryOut(kills: readonly Kill[], processes: Processes): Promise<string[]> {
  const killed = await Promise.all(
    kills.map(async ({ name, at, downMs }) => {
      await delay(at);
      return processes.kill(name, downMs) ? [name] : [];
    }),
  );
  return killed.flat();
}
