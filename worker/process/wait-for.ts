import type { Logger } from 'pino';
import { reasonOf } from './reason-of.ts';

const LONGEST_SECONDS = 15;
const QUERY_ID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;

/**
 * Tries until it succeeds, each time a little later. Says each reason once: a refused certificate has three, which take
 * turns.
 */
export async function waitFor<T>(what: string, attempt: () => Promise<T>, log: Pick<Logger, 'info' | 'warn'>) {
  const said = new Set<string>();
  for (let seconds = 0.5; ; seconds = Math.min(2 * seconds, LONGEST_SECONDS)) {
    try {
      const result = await attempt();
      if (said.size > 0) log.info(`${what}: goes on`);
      return result;
    } catch (error) {
      const reason = reasonOf(error);
      const kind = reason.replaceAll(QUERY_ID, '');
      if (!said.has(kind)) log.warn({ reason }, `${what}: waits`);
      said.add(kind);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  }
}
