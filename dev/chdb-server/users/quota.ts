import { type Semaphore, semaphore } from '#api/limits/semaphore.ts';
import { ClickHouseException } from '../sql/exception.ts';

export type Quota = {
  /** Waits for one of the user's slots. @returns what leaves it. @throws ClickHouseException 201 when the hour's statements or time are used up */
  enter(user: string, signal: AbortSignal): Promise<() => void>;
};

const HOUR_MS = 3_600_000;
const STATEMENTS = 10_000;
const SECONDS = 1_800;
// The engine runs 14 statements at a time: some are left for the worker and the API.
const CONCURRENCY = 6;

/** What each analyst may use in an hour, and at a time. */
export function createQuota(now = Date.now): Quota {
  const used = new Map<string, { hour: number; statements: number; seconds: number; slots: Semaphore }>();
  return {
    async enter(user, signal) {
      const hour = Math.floor(now() / HOUR_MS);
      const mine = used.get(user) ?? {
        hour,
        statements: 0,
        seconds: 0,
        slots: semaphore({ concurrency: CONCURRENCY }),
      };
      used.set(user, mine);
      if (mine.hour !== hour) Object.assign(mine, { hour, statements: 0, seconds: 0 });
      if (mine.statements >= STATEMENTS) throw exceeded(`queries = ${STATEMENTS}`);
      if (mine.seconds >= SECONDS) throw exceeded(`execution_time = ${SECONDS}`);
      mine.statements += 1;
      const release = await mine.slots.acquire(signal);
      const begun = now();
      return () => {
        mine.seconds += (now() - begun) / 1000;
        release();
      };
    },
  };
}

function exceeded(what: string): ClickHouseException {
  const message = `Quota for user for 1h has been exceeded: ${what}. It begins anew with the next hour`;
  return new ClickHouseException(201, 'QUOTA_EXCEEDED', message);
}
