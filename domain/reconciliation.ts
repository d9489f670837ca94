import type { Decimal } from './decimal.ts';

/** The largest difference between the sum of a day's facts and OpenAI's own total that rounding can explain. */
export const TOLERANCE: Decimal = '0.000000001';
