/** Questions of one page follow each other: between two of them, as many wait as beside one. */
const FOLLOWED_WITHIN_MS = 100;

/**
 * The turns of statements that nobody waits for: `atMost` at once, `besideOthers` while somebody waits for a statement
 * that runs, and shortly after it. Those that run already go on.
 */
export function createBackground({ atMost, besideOthers }: { atMost: number; besideOthers: number }) {
  const waiting = new Set<() => void>();
  let running = 0;
  let others = 0;

  function startNext(): void {
    for (const start of waiting) {
      if (running >= (others > 0 ? besideOthers : atMost)) return;
      start();
    }
  }

  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leaveQueue = (settle: () => void) => () => {
        waiting.delete(start);
        signal.removeEventListener('abort', abort);
        settle();
      };
      const start = leaveQueue(() => {
        running += 1;
        resolve();
      });
      const abort = leaveQueue(() => reject(signal.reason));
      waiting.add(start);
      signal.addEventListener('abort', abort);
      startNext();
    });
  }

  return {
    /** Waits for a turn, in the order of the calls. @returns the function that ends it */
    async acquire(signal: AbortSignal): Promise<() => void> {
      signal.throwIfAborted();
      await turn(signal);
      return () => {
        running -= 1;
        startNext();
      };
    },
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
