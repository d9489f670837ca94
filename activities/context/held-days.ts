/** The bytes of days that the activities of a worker hold, all together. */
const WORKER_BYTES = 32 * 1024 * 1024;
/** What one of them holds at most: some 60,000 costs. */
const MOST_BYTES = 8 * 1024 * 1024;

/** How many bytes of days an activity holds before it writes them, however many organizations a worker reads. */
export type HeldDays = {
  /** Runs an activity that holds days. */
  whileHolding<T>(run: () => Promise<T>): Promise<T>;
  /** The bytes that each of these may hold now. */
  share(): number;
};

export function shareHeldDays(): HeldDays {
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
  };
}
