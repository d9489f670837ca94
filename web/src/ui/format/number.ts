const MOST_DIGITS = 18;
/** Keeps every digit that a warehouse decimal can have. */
export const ALL_DIGITS = { maximumFractionDigits: MOST_DIGITS } as const;

/** Decimal text as Intl takes it: Intl formats text exactly, it never becomes a float. */
export const literal = (decimal: string) => decimal as Intl.StringNumericLiteral;

/** A decimal with all its digits. */
export const exactNumber = (decimal: string) => new Intl.NumberFormat(undefined, ALL_DIGITS).format(literal(decimal));

/** A decimal with all its digits as a spreadsheet of the reader's takes it: Latin digits, without groups of them. */
export const plainNumber = (decimal: string) =>
  new Intl.NumberFormat(undefined, { ...ALL_DIGITS, useGrouping: false, numberingSystem: 'latn' }).format(
    literal(decimal),
  );

/** A decimal of at most three significant digits: 1.2M. */
export const roughNumber = (decimal: string) =>
  new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 3 }).format(literal(decimal));

/** @param digits after the point, at most */
export const formatPercent = (percent: string, digits: number) =>
  `${new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }).format(literal(percent)).replace('-', '−')}%`;

/** With + or −. @param digits after the point, at most */
export const signedPercent = (percent: string, digits: number) =>
  `${new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero', maximumFractionDigits: digits }).format(literal(percent)).replace('-', '−')}%`;
