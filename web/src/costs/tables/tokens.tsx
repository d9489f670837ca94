import { percentOf, sumDecimals } from '#domain/decimal.ts';
import { exactNumber, formatPercent, roughNumber } from '../../ui/format/number.ts';
import { isTokenType, type Quantities } from '../data/quantities.ts';

const quantityOf = (quantities: Quantities | undefined, ...kinds: string[]) =>
  sumDecimals(kinds.map((kind) => quantities?.kinds.get(kind)?.quantity ?? '0'));

/** All tokens, of whatever type; undefined if none were billed. */
export function tokensOf(quantities: Quantities | undefined): string | undefined {
  const kinds = [...(quantities?.kinds.keys() ?? [])].filter(isTokenType);
  return kinds.length > 0 ? quantityOf(quantities, ...kinds) : undefined;
}

/** The percentage of input tokens that came from the cache; null without input. */
export const cachedShare = (quantities: Quantities | undefined): string | null =>
  percentOf(quantityOf(quantities, 'cached_input'), quantityOf(quantities, 'input', 'cached_input', 'cache_write'));

/** A rough number of tokens; its tooltip has the exact one. */
export function Tokens({ quantities }: { quantities: Quantities | undefined }) {
  const tokens = tokensOf(quantities);
  if (tokens === undefined) return '–';
  return (
    <data value={tokens} title={`${exactNumber(tokens)} tokens`}>
      {roughNumber(tokens)}
    </data>
  );
}

export function Cached({ quantities }: { quantities: Quantities | undefined }) {
  const share = cachedShare(quantities);
  return share === null ? '–' : formatPercent(share, 0);
}
