import { TOLERANCE } from '#domain/reconciliation.ts';

/** In SQL: beyond this, a day's facts do not add up to OpenAI's own total. */
export const TOLERANCE_SQL = `toDecimal128('${TOLERANCE}', 18)`;
