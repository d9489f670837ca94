/** SQL of whether a charge without a quantity is more than a one-off: it is billed on most days of its time. */
export const billedOften = ({ days, first, last }: Record<'days' | 'first' | 'last', string>): string =>
  `${days} >= 3 AND ${days} * 2 > dateDiff('day', ${first}, ${last}) + 1`;
