/** Beyond this, a day's facts do not add up to OpenAI's total: it does not round away. Decimal text. */
export const TOLERANCE_TEXT = '0.000000001';

/** The same in SQL. */
export const TOLERANCE = `toDecimal128('${TOLERANCE_TEXT}', 18)`;
