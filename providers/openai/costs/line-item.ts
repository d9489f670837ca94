import { originOf } from './origin.ts';
import { addQualifier, applyQualifier } from './qualifier.ts';
import type { Qualities } from './qualities.ts';
import { isCoined, modelOf, productOf, type Service, serviceOf } from './service.ts';
import { memoryOf, partsOf, tidy, unfold, words } from './text-parts.ts';

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

const EMPTY: LineItem = { ...NOT_UNDERSTOOD, token_type: 'none' };

/**
 * Parses the bill's undocumented free text by its grammar. A text that fits no shape, or contradicts itself (two tiers,
 * two token categories, two models), is `other`.
 * `[surface or tier | ]… model[ modality][, category][, modality][, unit][, tier][, long context]` or
 * `[surface or tier | ]… product[, model]`: new models need no change, and `_` is a space. An unknown qualifier leaves
 * the rest as it is, and an unknown word the category that it stands beside.
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
  if (prefixes.includes('')) return NOT_UNDERSTOOD;
  let body = prefixes.pop() ?? '';
  for (let joined = 0; joined < MAX_JOINED; joined += 1) {
    const item = parseBody(prefixes, body);
    const before = prefixes.pop();
    if (before === undefined || (item.service !== 'other' && !isUsedBy(item))) return item;
    // "model, input | regional": the last part may only qualify the one before.
    body = `${before}, ${body}`;
  }
  return NOT_UNDERSTOOD;
}

const MAX_JOINED = 3;

/** "web search tool calls | gpt-4o": a model without tokens behind a product is what that was used by. */
const isUsedBy = ({ model, token_type, surface }: LineItem) =>
  model !== '' && token_type === 'none' && productOf(surface) !== undefined;

function parseBody(prefixes: string[], body: string): LineItem {
  const origin = originOf(prefixes);
  if (!origin) return NOT_UNDERSTOOD;
  const { inside, ...said } = origin;
  const known = { ...EMPTY, ...said };
  const [head = '', ...others] = partsOf(body);
  const qualifiers = [...others.flatMap(unfold), ...inside];
  const named = nameOf(head);
  const ofModel = named && describe(known, [...named.qualifiers, ...qualifiers]);
  const service = ofModel && serviceOfName(named.name, ofModel, named.qualifiers.length === 0);
  if (service && ofModel.usedBy === '') return withTokens({ ...ofModel.item, service, model: named.name });
  const sold = productOf(words(head));
  const ofProduct = sold && describe(known, [...memoryOf(head), ...qualifiers]);
  return ofProduct ? { ...ofProduct.item, service: sold, model: ofProduct.usedBy } : NOT_UNDERSTOOD;
}

/** `product` and `usedBy`: the product and the model that the qualifiers name. */
type Described = { item: LineItem; product: Service | undefined; usedBy: string };

/** What qualifiers say beside what is known; undefined where they contradict each other. */
function describe(known: LineItem, qualifiers: readonly string[]): Described | undefined {
  const item = { ...known };
  const unknown: string[] = [];
  let product: Service | undefined;
  let usedBy = '';
  for (const qualifier of qualifiers) {
    const left = applyQualifier(item, words(qualifier));
    if (left === undefined) return undefined;
    if (left === '') continue;
    const isWhole = left === words(qualifier);
    const named = isWhole && !product ? productOf(left) : undefined;
    if (named) product = named;
    else if (isWhole && isModel(qualifier)) {
      if (usedBy !== '') return undefined;
      usedBy = qualifier;
    } else {
      unknown.push(isWhole ? qualifier : left);
      addQualifier(item, left);
    }
  }
  return { item: { ...item, unknown_qualifier: unknown.join(', ') }, product, usedBy };
}

/**
 * A name that nobody knows is a model's if it is billed by tokens. Where it stands alone before a product, or before what
 * may be tokens, it is one, too: of several words, each may be of a product.
 */
function serviceOfName(name: string, { item, product }: Described, isAlone: boolean): Service | undefined {
  if (product) return isAlone || isModel(name) ? product : undefined;
  const mayBeTokens = isAlone && item.unknown_qualifier !== '' && /\d/.test(name);
  return serviceOf(name, item.token_type !== 'none' || mayBeTokens);
}

/** A qualifier that is not known may be the token category, so that none can be told. */
function withTokens(item: LineItem): LineItem {
  const mayBeTokens = item.unknown_qualifier !== '' && item.token_type === 'none' && item.service !== 'fine_tuning';
  return mayBeTokens ? { ...item, token_type: 'other' } : item;
}

const NAME = /^[a-z0-9][\w.:/@+-]*$/i;
const isName = (text: string) => NAME.test(text);
const isModel = (text: string) => isName(text) && serviceOf(text, false) !== undefined;
/** "gpt-6_cached_input_tokens": words that are joined to the name. */
const JOINED =
  /^(?!ft[:-])(.+?)_((?:(?:un)?cached_|(?:text|image|audio|video)_){0,3}(?:input|output|cache_writes?)(?:_tokens?)?)$/i;

/** The name that a head begins with, and what is said behind it without a comma: "gpt-image-1 image", "gpt-6 (eu)". */
function nameOf(head: string): { name: string; qualifiers: string[] } | undefined {
  const [, joinedTo, joined] = JOINED.exec(head) ?? [];
  if (joinedTo && joined && isName(joinedTo)) return { name: joinedTo, qualifiers: [joined] };
  const name = modelOf(head);
  if (isName(name)) return { name, qualifiers: [] };
  const [, first = '', rest = ''] = /^(\S+) (.+)$/.exec(head) ?? [];
  const qualifiers = unfold(rest);
  const isSaid = isCoined(first) || describe(EMPTY, qualifiers)?.item.unknown_qualifier === '';
  return isName(first) && isSaid ? { name: first, qualifiers } : undefined;
}
