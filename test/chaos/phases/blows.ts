import { setTimeout as delay } from 'node:timers/promises';
import type { Draw } from '../draw.ts';
import type { Processes } from '../product/processes.ts';

/** What happens to a process: killed and down for so long, or paused for so long, as by a machine that swaps. */
export type Blow = { name: string; isPause: boolean; at: number; ms: number };

const WINDOW_MS = 7_000;
const MOST_DOWN_MS = 1_500;
const PAUSE_SHARE = 0.2;
/** Longer than a heartbeat is waited for: others take over what it did, and then it goes on. */
const PAUSE_MS = 8_000;

/** Two to five blows at random moments, more of them early; the first process in turn, so that a few phases hit each. */
export function drawBlows(draw: Draw, names: readonly string[], index: number): Blow[] {
  return Array.from({ length: draw.whole(2, 5) }, (_, place) => {
    const isPause = draw.happens(PAUSE_SHARE);
    return {
      name: place === 0 ? (names[index % names.length] ?? '') : draw.oneOf(names),
      isPause,
      at: draw.whole(0, draw.whole(0, WINDOW_MS)),
      ms: isPause ? PAUSE_MS : draw.whole(0, MOST_DOWN_MS),
    };
  });
}

/** @returns the names of the processes that were running then, and could be hit */
export async function deal(blows: readonly Blow[], processes: Processes): Promise<string[]> {
  const hit = await Promise.all(
    blows.map(async ({ name, isPause, at, ms }) => {
      await delay(at);
      if (isPause) return (await processes.pause(name, ms)) ? [`${name}~`] : [];
      return processes.kill(name, ms) ? [name] : [];
    }),
  );
  return hit.flat();
}
