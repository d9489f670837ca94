/** In SQL: beyond this, a day's facts do not add up to OpenAI's total. It does not round away. */
export const TOLERANCE = `toDecimal128('0.000000001', 18)`;
