import type { Decimal } from './decimal.ts';

/** Beyond this, a day's facts do not add up to OpenAI's own total: rounding cannot explain the difference. */
export const TOLERANCE: Decimal = '0.000000001';
