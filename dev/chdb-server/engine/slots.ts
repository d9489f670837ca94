/** Takes a slot, waiting for its turn; call what it resolves to when done. */
export type Slots = { take(signal: AbortSignal): Promise<() => void>; idle(): Promise<void> };

/** Lets `count` holders in at a time, in the order they came. */
export function createSlots(count: number): Slots {
  const waiting = new Set<() => void>();
  let taken = 0;
  let onIdle: (() => void)[] = [];

  function release() {
    taken -= 1;
    const [next] = waiting;
    if (next) next();
    else if (taken === 0) {
      for (const resolve of onIdle) resolve();
      onIdle = [];
    }
  }

  function enter(): () => void {
    taken += 1;
    let held = true;
    return () => {
      if (held) release();
      held = false;
    };
  }

  return {
    take(signal) {
      signal.throwIfAborted();
      if (taken < count && waiting.size === 0) return Promise.resolve(enter());
      return new Promise((resolve, reject) => {
        const begin = () => {
          waiting.delete(begin);
          signal.removeEventListener('abort', leave);
          resolve(enter());
        };
        const leave = () => {
          waiting.delete(begin);
          reject(signal.reason);
        };
        waiting.add(begin);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
    /** Resolves once nobody holds a slot and nobody waits for one. */
    idle: () => (taken === 0 ? Promise.resolve() : new Promise((resolve) => onIdle.push(resolve))),
  };
}
