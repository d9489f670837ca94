import { type Admit, createByteBudget } from './byte-budget.ts';

/** Days that wait for their insert, of all activities together, and of one: some 60,000 costs. */
const WORKER_BYTES = 32 * 1024 * 1024;
const MOST_BYTES = 8 * 1024 * 1024;

/** How many days a worker holds, whatever the number and size of the organizations that it reads. */
export type HeldDays = {
  /** Runs an activity that holds days. */
  whileHolding<T>(run: () => Promise<T>): Promise<T>;
  /** The bytes that each of these may hold. */
  share(): number;
  /** Runs a write of so many bytes: two large ones at once. Most of a write is waiting, here for pages that are read. */
  write: Admit;
};

export function limitHeldDays(): HeldDays {
  let holders = 0;
  return {
    async whileHolding(run) {
      holders += 1;
      try {
        return await run();
      } finally {
        holders -= 1;
      }
    },
    share: () => Math.min(MOST_BYTES, WORKER_BYTES / Math.max(1, holders)),
    write: createByteBudget(2 * MOST_BYTES),
  };
}
