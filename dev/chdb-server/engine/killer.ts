import { setTimeout } from 'node:timers/promises';

const PAUSE_MS = 50;

export type Killer = {
  /** Kills a statement; repeats that until the statement is reported as settled. */
  kill(tag: string): void;
  settled(tag: string): void;
  /** Resolves when no KILL runs. */
  idle(): Promise<void>;
};

/** One KILL is not enough: it has no effect on a statement that has not begun, and does not say so. */
export function createKiller(run: (tags: string[]) => Promise<unknown>): Killer {
  const doomed = new Set<string>();
  let working: Promise<void> | undefined;

  async function work() {
    while (doomed.size > 0) {
      await run([...doomed]).catch(() => {});
      await setTimeout(PAUSE_MS);
    }
    working = undefined;
  }

  return {
    kill(tag) {
      doomed.add(tag);
      working ??= work();
    },
    settled: (tag) => void doomed.delete(tag),
    idle: async () => working,
  };
}
