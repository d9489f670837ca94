import { semaphore } from '#api/limits/semaphore.ts';

/** Questions of one page follow each other: between two of them, as many wait as beside one. */
const FOLLOWED_WITHIN_MS = 100;

/**
 * The turns of statements that nobody waits for: `atMost` at once, `besideOthers` while somebody waits for a statement
 * that runs, and shortly after it. Those that run already go on.
 */
export function createBackground({ atMost, besideOthers }: { atMost: number; besideOthers: number }) {
  let others = 0;
  const { acquire, startNext } = semaphore({ concurrency: () => (others > 0 ? besideOthers : atMost) });

  return {
    acquire,
    /** Lets a statement begin that somebody waits for. @returns the function that ends it */
    yieldTo(): () => void {
      others += 1;
      return () => {
        setTimeout(() => {
          others -= 1;
          startNext();
        }, FOLLOWED_WITHIN_MS);
      };
    },
  };
}
