export type Semaphore = {
  /**
   * Waits for a slot, in the order of the calls. @returns the function that releases it
   * @throws BusyError if the queue is full or the wait takes too long; the signal's reason if it aborts
   */
  acquire(signal: AbortSignal): Promise<() => void>;
  /** Resolves once no slot is taken. */
  idle(): Promise<void>;
  /** Gives out the slots that there are now: to be called where the concurrency may have grown. */
  startNext(): void;
};

/** No slot: the queue is full, or the wait has taken too long. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

type Options = { concurrency: number | (() => number); queueLimit?: number; timeoutMs?: number };

/**
 * Gives out `concurrency` slots, which may change from moment to moment. At most `queueLimit` callers wait for one, for
 * at most `timeoutMs`; both unlimited by default.
 */
export function semaphore({ concurrency, queueLimit = Infinity, timeoutMs }: Options): Semaphore {
  const slots = typeof concurrency === 'number' ? () => concurrency : concurrency;
  const queue = new Set<() => void>();
  let taken = 0;
  let onIdle: (() => void)[] = [];

  function take(): () => void {
    taken += 1;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      taken -= 1;
      startNext();
      if (taken > 0) return;
      for (const resolve of onIdle) resolve();
      onIdle = [];
    };
  }

  function startNext(): void {
    for (const start of queue) {
      if (taken >= slots()) return;
      start();
    }
  }

  function wait(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const leaveQueue = (settle: () => void) => () => {
        queue.delete(start);
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        settle();
      };
      const start = leaveQueue(() => resolve(take()));
      const abort = leaveQueue(() => reject(signal.reason));
      const expire = leaveQueue(() => reject(new BusyError(`No slot within ${timeoutMs} ms`)));
      const timer = timeoutMs === undefined ? undefined : setTimeout(expire, timeoutMs);
      queue.add(start);
      signal.addEventListener('abort', abort);
    });
  }

  return {
    async acquire(signal) {
      signal.throwIfAborted();
      if (taken < slots()) return take();
      if (queue.size < queueLimit) return wait(signal);
      throw new BusyError(`${queueLimit} wait already`);
    },
    idle: () => (taken === 0 ? Promise.resolve() : new Promise((resolve) => onIdle.push(resolve))),
    startNext,
  };
}
