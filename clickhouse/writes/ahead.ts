/** No read takes this long, so a version that is further ahead is no later read: a worker's clock was wrong. */
export const AHEAD_MS = 3_600_000;
