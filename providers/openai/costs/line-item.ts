import { addQualifier, applyQualifier, isRegion, type Qualities, takeTrailing, tierOf } from './qualifier.ts';
import { modelOf, productOf, type Service, serviceOf } from './service.ts';

/** What a line item says, in the field's own names; '' for what it does not say. */
export type LineItem = Qualities & {
  service: Service;
  model: string;
  surface: string;
  /** The qualifiers that are not known, beside those that are in `qualifier`. */
  unknown_qualifier: string;
};

const NOT_UNDERSTOOD: LineItem = {
  service: 'other',
  model: '',
  token_type: 'other',
  modality: '',
  service_tier: '',
  surface: '',
  long_context: false,
  qualifier: '',
  unknown_qualifier: '',
};

/**
 * Parses the bill's undocumented free text by its grammar. A text that fits no shape, or contradicts itself (two tiers,
 * two token categories, two models), is `other`.
 * `[surface or tier | ]… model[ modality][, category][, modality][, unit][, tier][, long context]` or
 * `[surface or tier | ]… product[, model]`: new models need no change. An unknown qualifier leaves the rest as it is.
 */
export function parseLineItem(text: string): LineItem {
  const known = parsed.get(text);
  if (known) return known;
  if (parsed.size >= MAX_PARSED) parsed.clear();
  const result = parseAnew(text);
  parsed.set(text, result);
  return result;
}

/** A bill repeats some hundred texts on every day. */
const parsed = new Map<string, LineItem>();
const MAX_PARSED = 10_000;

/** Whether every word of a line item is known. One that is not keeps its whole cost, and is reported. */
export function isUnderstood(text: string): boolean {
  const { token_type, unknown_qualifier } = parseLineItem(text);
  return token_type !== 'other' && unknown_qualifier === '';
}

function parseAnew(text: string): LineItem {
  const prefixes = text.split('|').map(tidy);
  const body = prefixes.pop() ?? '';
  const from = origin(prefixes.map(words));
  if (body === '' || prefixes.includes('') || !from) return NOT_UNDERSTOOD;

  const item: LineItem = { ...NOT_UNDERSTOOD, token_type: 'none', ...from };
  const [head = '', ...qualifiers] = body.split(',').map(tidy);
  const unknown: string[] = [];
  let product: Service | undefined;
  let usedBy = '';
  for (const qualifier of qualifiers.flatMap(unfold)) {
    const outcome = applyQualifier(item, words(qualifier));
    if (outcome === 'contradiction') return NOT_UNDERSTOOD;
    if (outcome === 'applied') continue;
    const named = productOf(words(qualifier));
    if (named && !product) product = named;
    else if (!isModel(qualifier)) {
      unknown.push(qualifier);
      addQualifier(item, words(qualifier));
    } else if (usedBy === '') usedBy = qualifier;
    else return NOT_UNDERSTOOD;
  }
  item.unknown_qualifier = unknown.join(', ');
  const ofModel = { ...item };
  const model = modelOf(takeTrailing(ofModel, head));
  const service = isName(model) ? (product ?? serviceOf(model, ofModel.token_type !== 'none')) : undefined;
  if (service) return usedBy === '' ? withTokens({ ...ofModel, service, model }) : NOT_UNDERSTOOD;
  const sold = productOf(words(head));
  return sold ? { ...item, service: sold, model: usedBy } : NOT_UNDERSTOOD;
}

/** A qualifier that is not known may be the token category, so that none can be told. */
function withTokens(item: LineItem): LineItem {
  const mayBeTokens = item.unknown_qualifier !== '' && item.token_type === 'none' && item.service !== 'fine_tuning';
  return mayBeTokens ? { ...item, token_type: 'other' } : item;
}

const NAME = /^[a-z0-9][\w.:/@+-]*$/i;
const isName = (text: string) => NAME.test(text);
const isModel = (text: string) => isName(text) && serviceOf(text, false) !== undefined;

function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** In lower case; some texts join words by underscores. */
const words = (text: string) => text.toLowerCase().replaceAll('_', ' ');

/** What stands before the bars: tiers and regions by their names, everything else is the surface that was used. */
function origin(prefixes: string[]): Pick<LineItem, 'service_tier' | 'surface' | 'qualifier'> | undefined {
  const tiers = new Set(prefixes.map(tierOf).filter((tier) => tier));
  if (tiers.size > 1) return undefined;
  const [service_tier = ''] = tiers;
  const surfaces = prefixes.filter((name) => tierOf(name) === undefined && !isRegion(name));
  return { service_tier, surface: surfaces.join(' | '), qualifier: prefixes.filter(isRegion).join(', ') };
}

/** "input (batch)" is "input, batch". */
function unfold(qualifier: string): string[] {
  return /^([^()]+) \(([^()]+)\)$/.exec(qualifier)?.slice(1) ?? [qualifier];
}
