import { applyQualifier, type Qualities, takeTrailing, tierOf } from './qualifier.ts';
import { modelOf, productOf, type Service, serviceOf } from './service.ts';

/** What a line item says, in the field's own names; '' for what it does not say. */
export type LineItem = Qualities & { service: Service; model: string; surface: string };

const NOT_UNDERSTOOD: LineItem = {
  service: 'other',
  model: '',
  token_type: 'other',
  modality: '',
  service_tier: '',
  surface: '',
  long_context: false,
};

/**
 * Parses the bill's undocumented free text by its grammar. A text that fits no shape, or contradicts itself (two tiers,
 * two token categories, two models), is `other`.
 * `[surface or tier | ]… model[ modality][, category][, modality][, unit][, tier][, long context]` or
 * `[surface or tier | ]… product[, model]`: new models need no change. An unknown qualifier leaves the rest as it is.
 */
export function parseLineItem(text: string): LineItem {
  return parse(text).item;
}

/** Whether every word of a line item is known. One that is not keeps its whole cost, and is reported. */
export function isUnderstood(text: string): boolean {
  const { item, unknown } = parse(text);
  return item.token_type !== 'other' && unknown.length === 0;
}

type Parsed = { item: LineItem; unknown: string[] };

/** A bill repeats some hundred texts on every day. */
const parsed = new Map<string, Parsed>();
const MAX_PARSED = 10_000;

function parse(text: string): Parsed {
  const known = parsed.get(text);
  if (known) return known;
  if (parsed.size >= MAX_PARSED) parsed.clear();
  const result = parseAnew(text);
  parsed.set(text, result);
  return result;
}

function parseAnew(text: string): Parsed {
  const prefixes = text.split('|').map(tidy);
  const body = prefixes.pop() ?? '';
  const from = origin(prefixes.map(words));
  const nothing = { item: NOT_UNDERSTOOD, unknown: [] };
  if (body === '' || prefixes.includes('') || !from) return nothing;

  const item: LineItem = { ...NOT_UNDERSTOOD, token_type: 'none', ...from };
  const [head = '', ...qualifiers] = body.split(',').map(tidy);
  const unknown: string[] = [];
  let product: Service | undefined;
  let usedBy = '';
  for (const qualifier of qualifiers.flatMap(unfold)) {
    const outcome = applyQualifier(item, words(qualifier));
    if (outcome === 'contradiction') return nothing;
    if (outcome === 'applied') continue;
    const named = productOf(words(qualifier));
    if (named && !product) product = named;
    else if (!isModel(qualifier)) unknown.push(qualifier);
    else if (usedBy === '') usedBy = qualifier;
    else return nothing;
  }
  const ofModel = { ...item };
  const model = modelOf(takeTrailing(ofModel, head));
  const service = isName(model) ? (product ?? serviceOf(model, ofModel.token_type !== 'none')) : undefined;
  if (service) return usedBy === '' ? known({ ...ofModel, service, model }, unknown) : nothing;
  const sold = productOf(words(head));
  return sold ? { item: { ...item, service: sold, model: usedBy }, unknown } : nothing;
}

/** A qualifier that is not known may be the token category, so that none can be told. */
function known(item: LineItem, unknown: string[]): Parsed {
  const mayBeTokens = unknown.length > 0 && item.token_type === 'none' && item.service !== 'fine_tuning';
  return { item: mayBeTokens ? { ...item, token_type: 'other' } : item, unknown };
}

const NAME = /^[a-z0-9][\w.:/@+-]*$/i;
const isName = (text: string) => NAME.test(text);
const isModel = (text: string) => isName(text) && serviceOf(text, false) !== undefined;

function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** In lower case; some texts join words by underscores. */
const words = (text: string) => text.toLowerCase().replaceAll('_', ' ');

/** What stands before the bars: a tier by its name, everything else is the surface that was used. */
function origin(prefixes: string[]): Pick<LineItem, 'service_tier' | 'surface'> | undefined {
  const tiers = new Set(prefixes.map(tierOf).filter((tier) => tier));
  if (tiers.size > 1) return undefined;
  const [service_tier = ''] = tiers;
  return { service_tier, surface: prefixes.filter((name) => tierOf(name) === undefined).join(' | ') };
}

/** "input (batch)" is "input, batch". */
function unfold(qualifier: string): string[] {
  return /^([^()]+) \(([^()]+)\)$/.exec(qualifier)?.slice(1) ?? [qualifier];
}
