import { DAY_MS } from '#domain/day.ts';
import { TOLERANCE } from '#domain/reconciliation.ts';

/**
 * SQL of the moment at which a UTC day ends, in unix milliseconds as versions are. A read that began earlier saw only
 * part of the day.
 */
export const endOfDay = (day: string) => `(toUInt64(${day}) + 1) * ${DAY_MS}`;

/** SQL of the day after the last one that an integration should have by now. A disconnect ends its history. */
export const DUE_TO = `if(status = 'disconnected', history_to, greatest(history_to, toDate(now('UTC')))) AS due_to`;

/** SQL of the largest difference that rounding explains between a day's facts and OpenAI's own total. */
export const TOLERANCE_SQL = `toDecimal128('${TOLERANCE}', 18)`;
