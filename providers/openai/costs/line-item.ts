import { productOf, type Service, serviceOf } from './service.ts';

/** What a line item says, in the field's own names; '' for what it does not say. */
export type LineItem = {
  service: Service;
  model: string;
  /** `none`: understood, and no token category applies. `other`: fits no shape. */
  token_type: 'input' | 'cached_input' | 'cache_write' | 'output' | 'none' | 'other';
  modality: string;
  service_tier: string;
  surface: string;
  long_context: boolean;
};

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
 * Parses the bill's undocumented free text by its grammar. A text that fits no shape, or names two tiers, is `other`.
 * `[surface or tier | ]… model[ modality][, category][, modality][, unit][, tier][, long context]` or
 * `[surface or tier | ]… product[, model]`: new models need no change.
 */
export function parseLineItem(text: string): LineItem {
  const prefixes = text.split('|').map(tidy);
  const body = prefixes.pop() ?? '';
  const from = origin(prefixes);
  if (body === '' || prefixes.includes('') || !from) return NOT_UNDERSTOOD;

  const item: LineItem = { ...NOT_UNDERSTOOD, token_type: 'none', ...from };
  const [head = '', ...qualifiers] = body.split(',').map(tidy);
  let product: Service | undefined;
  let usedBy = '';
  for (const qualifier of qualifiers.flatMap(unfold)) {
    if (applyQualifier(item, qualifier.toLowerCase())) continue;
    const named = productOf(qualifier.toLowerCase());
    if (named && !product) product = named;
    else if (usedBy === '' && MODEL.test(qualifier) && serviceOf(qualifier, false)) usedBy = qualifier;
    else return NOT_UNDERSTOOD;
  }
  const name = takeTrailing(item, head);

  if (MODEL.test(name) && usedBy === '') {
    const service = product ?? serviceOf(name, item.token_type !== 'none');
    if (service !== undefined) return { ...item, service, model: name };
  }
  const service = productOf(head.toLowerCase());
  return service === undefined ? NOT_UNDERSTOOD : { ...item, service, model: usedBy };
}

/** Whether a line item fits the grammar; one that does not keeps its whole cost under `other`. */
export function isUnderstood({ token_type }: LineItem): boolean {
  return token_type !== 'other';
}

const MODEL = /^[a-z0-9][\w.:/@+-]*$/i;
const TIER = /^(priority|batch|flex|scale|standard|default)( api| tier| processing)?$/;
const MODALITY = /^(text|image|audio|video)s?$/;
const CATEGORY = /^(?:(text|image|audio|video) )?(input|cached input|cache writes?|(?:reasoning )?output)(?: tokens)?$/;
const UNIT = /^(character|second|minute|hour)s?$/;
const LONG_CONTEXT = /^long[ -]context$/;

function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** What stands before the bars: a tier by its name, everything else is the surface that was used. */
function origin(prefixes: string[]): Pick<LineItem, 'service_tier' | 'surface'> | undefined {
  const names = prefixes.map((prefix) => prefix.toLowerCase());
  const [service_tier = '', ...others] = new Set(names.flatMap((name) => TIER.exec(name)?.[1] ?? []));
  if (others.length > 0) return undefined;
  return { service_tier, surface: names.filter((name) => !TIER.test(name)).join(' | ') };
}

/** "input (batch)" is "input, batch". */
function unfold(qualifier: string): string[] {
  return /^([^()]+) \(([^()]+)\)$/.exec(qualifier)?.slice(1) ?? [qualifier];
}

function applyQualifier(item: LineItem, qualifier: string): boolean {
  const category = CATEGORY.exec(qualifier);
  if (category) {
    if (item.token_type !== 'none') return false;
    item.token_type = TOKEN_TYPES[category[2] ?? ''] ?? 'other';
    item.modality = category[1] ?? item.modality;
    return true;
  }
  if (LONG_CONTEXT.test(qualifier)) {
    item.long_context = true;
    return true;
  }
  const modality = MODALITY.exec(qualifier)?.[1];
  if (modality) item.modality = modality;
  const tier = TIER.exec(qualifier)?.[1];
  if (tier && item.service_tier !== '' && item.service_tier !== tier) return false;
  if (tier) item.service_tier = tier;
  return Boolean(modality ?? tier) || UNIT.test(qualifier);
}

const TOKEN_TYPES: Record<string, LineItem['token_type']> = {
  input: 'input',
  'cached input': 'cached_input',
  'cache write': 'cache_write',
  'cache writes': 'cache_write',
  output: 'output',
  'reasoning output': 'output',
};

/** Takes "long context" and a modality off the end of "model modality"; returns what is left, the model. */
function takeTrailing(item: LineItem, head: string): string {
  const bare = head.replace(/ long[ -]context$/i, '');
  if (bare !== head) item.long_context = true;
  const [, name = bare, modality] = / /.test(bare) ? (/^(.+) (\S+)$/.exec(bare) ?? []) : [];
  const known = MODALITY.exec(modality?.toLowerCase() ?? '')?.[1];
  if (known === undefined) return bare;
  item.modality = known;
  return name;
}
