import { setTimeout } from 'node:timers/promises';

const AGAIN_MS = 50;

/** Kills statements by their tag until each has been reported as settled. */
export type Killer = { kill(tag: string): void; settled(tag: string): void };

/** One KILL is not enough: the statement may not have begun when it arrives, and it says nothing about that. */
export function createKiller(run: (tags: string[]) => Promise<unknown>): Killer {
  const doomed = new Set<string>();
  let working = false;

  async function work() {
    working = true;
    while (doomed.size > 0) {
      await run([...doomed]).catch(() => {});
      await setTimeout(AGAIN_MS);
    }
    working = false;
  }

  return {
    kill(tag) {
      doomed.add(tag);
      if (!working) void work();
    },
    settled: (tag) => void doomed.delete(tag),
  };
}
