import { setTimeout } from 'node:timers/promises';

const AGAIN_MS = 50;

export type Killer = {
  /** Kills a statement, again and again until it is reported as settled. */
  kill(tag: string): void;
  settled(tag: string): void;
  /** Resolves once no KILL runs. */
  idle(): Promise<void>;
};

/** One KILL is not enough: the statement may not have begun when it arrives, and it says nothing about that. */
export function createKiller(run: (tags: string[]) => Promise<unknown>): Killer {
  const doomed = new Set<string>();
  let working: Promise<void> | undefined;

  async function work() {
    while (doomed.size > 0) {
      await run([...doomed]).catch(() => {});
      await setTimeout(AGAIN_MS);
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
