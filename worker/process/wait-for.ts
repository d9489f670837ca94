import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';

const LONGEST_SECONDS = 15;
const QUERY_ID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;

/** Tries until it succeeds, each time a little later. Says once what it waits for, and again where the reason is another. */
export async function waitFor<T>(what: string, attempt: () => Promise<T>, log: Logger): Promise<T> {
  let said: string | undefined;
  for (let seconds = 0.5; ; seconds = Math.min(2 * seconds, LONGEST_SECONDS)) {
    try {
      const result = await attempt();
      if (said) log.info(`${what}: goes on`);
      return result;
    } catch (error) {
      const reason = (error as Error).message;
      const kind = reason.replaceAll(QUERY_ID, '');
      if (kind !== said) log.warn({ reason }, `${what}: waits`);
      said = kind;
      await setTimeout(seconds * 1000);
    }
  }
}
