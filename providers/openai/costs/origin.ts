import { applyQualifier, isRegion, tierOf } from './qualifier.ts';
import type { Qualities } from './qualities.ts';
import { unfold, words } from './text-parts.ts';

/** `inside`: qualifiers in the brackets of a tier or region. */
type Origin = Pick<Qualities, 'service_tier' | 'qualifier'> & { surface: string; inside: string[] };

/**
 * What stands before the bars: tiers and regions by their names, everything else is the surface that was used. Undefined
 * where two tiers are named.
 */
export function originOf(prefixes: readonly string[]): Origin | undefined {
  const said: Qualities = { token_type: 'none', modality: '', service_tier: '', long_context: false, qualifier: '' };
  const surfaces: string[] = [];
  const qualifiers: string[] = [];
  for (const prefix of prefixes) {
    const [first = '', ...inside] = isKnown(prefix) ? [prefix] : unfold(prefix);
    if (!isKnown(first)) surfaces.push(words(prefix));
    else if (applyQualifier(said, words(first)) === undefined) return undefined;
    else qualifiers.push(...inside);
  }
  const { service_tier, qualifier } = said;
  return { service_tier, qualifier, surface: surfaces.join(' | '), inside: qualifiers };
}

const isKnown = (text: string) => tierOf(words(text)) !== undefined || isRegion(words(text));
