import { relative } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const { FUZZ_RUNS, FUZZ_SEED, FUZZ_PATH } = process.env;

/** Whether only one failure is repeated, not all runs. */
export const isRepeating = FUZZ_PATH !== undefined;

type Values = [unknown, ...unknown[]];
type Arbitraries<V extends Values> = { [Index in keyof V]: fc.Arbitrary<V[Index]> };

/**
 * A test that something holds for random values, the same ones each time. FUZZ_RUNS takes more, and others each time;
 * FUZZ_SEED takes those of a seed. A failure names the smallest values and how to repeat it.
 */
export function fuzz<V extends Values>(
  name: string,
  arbitraries: Arbitraries<V>,
  holds: (...values: V) => void | Promise<void>,
  runs = 300,
): void {
  test(name, () => checkFuzz(arbitraries, holds, runs));
}

/** The same within a test that prepares something first. */
export async function checkFuzz<V extends Values>(
  arbitraries: Arbitraries<V>,
  holds: (...values: V) => void | Promise<void>,
  runs: number,
): Promise<void> {
  const property = fc.asyncProperty(...arbitraries, async (...values: V) => {
    await holds(...values);
  });
  const details = await fc.check(property, {
    numRuns: FUZZ_RUNS ? Number(FUZZ_RUNS) : runs,
    ...(FUZZ_SEED ? { seed: Number(FUZZ_SEED) } : !FUZZ_RUNS && { seed: 1 }),
    ...(FUZZ_PATH && { path: FUZZ_PATH }),
  });
  if (!details.failed) return;
  const { testPath = '', currentTestName } = expect.getState();
  const { seed, counterexamplePath } = details;
  const repeat = `FUZZ_SEED=${seed} FUZZ_PATH=${counterexamplePath} npm test -- ${relative('.', testPath)}`;
  const text = fc.defaultReportMessage(details);
  throw new Error(`${text}\n\nTo repeat it: ${repeat} -t '${currentTestName}'`, { cause: details.errorInstance });
}
