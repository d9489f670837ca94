import { setTimeout } from 'node:timers/promises';
import { DAY_MS } from '#domain/day.ts';

/** A run that begins just before midnight would mean another day than the product does a little later. */
export async function waitOverMidnight(runMs: number): Promise<void> {
  const left = DAY_MS - (Date.now() % DAY_MS);
  if (left > runMs) return;
  process.stderr.write(
    `Waiting ${Math.ceil(left / 60_000)} minutes for the next UTC day, so that the run sees one day …\n`,
  );
  await setTimeout(left);
}
