export type Semaphore = {
  /**
   * Waits for a slot, in the order of the calls. @returns the function that releases it
   * @throws BusyError if the queue is full or the wait takes too long; the signal's reason if it aborts
   */
  acquire(signal: AbortSignal): Promise<() => void>;
  /** Resolves once no slot is taken. */
  idle(): Promise<void>;
};

/** No slot: the queue is full, or the wait has taken too long. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

/** Gives out `concurrency` slots. At most `queueLimit` callers wait for one, for at most `timeoutMs`; both unlimited by default. */
export function semaphore(options: { concurrency: number; queueLimit?: number; timeoutMs?: number }): Semaphore {
  const { concurrency, queueLimit = Infinity, timeoutMs } = options;
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
      const [next] = queue;
      if (next) return next();
      if (taken > 0) return;
      for (const resolve of onIdle) resolve();
      onIdle = [];
    };
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
      if (taken < concurrency) return take();
      if (queue.size < queueLimit) return wait(signal);
      throw new BusyError(`${queueLimit} wait already`);
    },
    idle: () => (taken === 0 ? Promise.resolve() : new Promise((resolve) => onIdle.push(resolve))),
  };
}
