import { setTimeout } from 'node:timers/promises';

const DAY_MS = 86_400_000;
/** Longer than any file takes on a busy machine. */
const FILE_MS = 300_000;

const left = DAY_MS - (Date.now() % DAY_MS);
// A file that began just before midnight would mean another day than the product does a little later.
if (left < FILE_MS) await setTimeout(left);

/** Today in UTC, until the end of the file that asks. */
export const TODAY = new Date().toISOString().slice(0, 10);
