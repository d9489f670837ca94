/** Runs work when so many bytes of a budget are free. */
export type Admit = <T>(bytes: number, run: () => Promise<T>) => Promise<T>;

/**
 * A budget of bytes that are in flight at once, in the order of the calls: a large one is not overtaken for ever. What is
 * larger than the budget runs alone.
 */
export function createByteBudget(budget: number): Admit {
  let free = budget;
  const waiting: { bytes: number; start: () => void }[] = [];

  function startNext(): void {
    for (let next = waiting[0]; next && next.bytes <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.bytes;
      next.start();
    }
  }

  return async (wanted, run) => {
    const bytes = Math.min(Math.max(1, wanted), budget);
    await new Promise<void>((start) => {
      waiting.push({ bytes, start });
      startNext();
    });
    try {
      return await run();
    } finally {
      free += bytes;
      startNext();
    }
  };
}
