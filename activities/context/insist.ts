import { sleep } from '@temporalio/activity';

const READS = 4;
const PAUSE_MS = 3_000;

/**
 * Reads again where something is not there. One read is no proof: a replica may not have the row yet, and what follows
 * from a missing row cannot be undone.
 * @returns what the last read found
 */
export async function insist<T>(read: () => Promise<T>, isThere: (found: T) => boolean): Promise<T> {
  for (let count = 1; count < READS; count += 1) {
    const found = await read();
    if (isThere(found)) return found;
    await sleep(PAUSE_MS);
  }
  return read();
}
