/** What the words of a line item beside model and product say; '' for what they do not say. */
export type Qualities = {
  /** `none`: understood, and no token category applies. `other`: fits no shape. */
  token_type: 'input' | 'cached_input' | 'cache_write' | 'output' | 'none' | 'other';
  modality: string;
  /** '' for the default tier. */
  service_tier: string;
  long_context: boolean;
  /** What else a price may depend on, in lower case: "12h" of a cache write, "regional", "1024x1024", a new word. */
  qualifier: string;
};

const TIER = /^(priority|batch|flex|scale|fast|ultrafast|standard|default)( api| tier| processing| mode)?$/;
const MODALITY = /^(text|image|audio|video|voice)s?$/;
const CATEGORY =
  /^(?:(text|image|audio|video|voice) )?(input|cached input|input cached|(?:input )?(?:\d+[ -]?[a-z]+ )?cache writes?(?: \d+[ -]?[a-z]+)?|(?:reasoning )?output)(?: tokens?)?$/;
const UNIT = /^(?:(?:voice|container) )?(?:sessions? )?(character|second|minute|hour|session|image|call)s?$/;
const LONG_CONTEXT = /^long[ -]context$/;
/** How long a cache write is kept: "cache writes (5m)", "12-hour retention". */
const DURATION = /^(\d{1,4})[ -]?(m|h|d)(?:in|inutes?|ours?|ays?)?(?: retention)?$/;
/** Where it was processed: "regional processing", "data residency", "eu region", "regional (us)". */
const REGION =
  /^(?:regional|data residency|in[ -]region|(?:us|eu|jp|uk|ca|au|sg|in|kr|ae|ch|br|za)(?=$| ))(?: (?:regional|region|processing|storage|data residency|storage processing|endpoints?))*$/;
const SIZE = /^\d{2,5}x\d{2,5}$/;
/** The memory of a container. */
const MEMORY = /^\d{1,3} ?gi?b?$/;
const QUALITY = /^(?:low|medium|high|hd)(?: quality)?$/;

const TOKEN_TYPES: Record<string, Qualities['token_type']> = {
  input: 'input',
  'cached input': 'cached_input',
  'input cached': 'cached_input',
  output: 'output',
  'reasoning output': 'output',
};

/** `applied`, or why not: the words are not known, or say something else than those before. */
export type Outcome = 'applied' | 'unknown' | 'contradiction';

/** Adds what a qualifier in lower case says to the qualities. */
export function applyQualifier(item: Qualities, qualifier: string): Outcome {
  const [, ofTokens, category] = CATEGORY.exec(qualifier) ?? [];
  if (category) {
    if (item.token_type !== 'none') return 'contradiction';
    item.token_type = TOKEN_TYPES[category] ?? 'cache_write';
    if (ofTokens) item.modality = modalityOf(ofTokens);
    const [kept] = /\d+[ -]?[a-z]+/.exec(category) ?? [];
    if (kept) addQualifier(item, durationOf(kept));
    return 'applied';
  }
  const tier = tierOf(qualifier);
  if (tier !== undefined) {
    if (tier !== '' && item.service_tier !== '' && item.service_tier !== tier) return 'contradiction';
    item.service_tier = tier || item.service_tier;
    return 'applied';
  }
  if (LONG_CONTEXT.test(qualifier)) item.long_context = true;
  else if (qualifier.startsWith('voice ') && UNIT.test(qualifier)) item.modality = 'audio';
  else if (MODALITY.test(qualifier)) item.modality = modalityOf(qualifier);
  else if ([DURATION, REGION, SIZE, MEMORY, QUALITY].some((known) => known.test(qualifier))) {
    addQualifier(item, durationOf(qualifier));
  } else if (!UNIT.test(qualifier)) return 'unknown';
  return 'applied';
}

export const isRegion = (words: string) => REGION.test(words);

export function addQualifier(item: { qualifier: string }, qualifier: string): void {
  item.qualifier = item.qualifier === '' ? qualifier : `${item.qualifier}, ${qualifier}`;
}

/** "12-hour" and "12h" are the same. */
const durationOf = (words: string) => words.replace(DURATION, '$1$2');

/** The tier that words name, '' for the default one; undefined where they name none. */
export function tierOf(words: string): string | undefined {
  const tier = TIER.exec(words)?.[1];
  return tier === 'standard' || tier === 'default' ? '' : tier;
}

function modalityOf(word: string): string {
  const modality = word.replace(/s$/, '');
  return modality === 'voice' ? 'audio' : modality;
}

/** What may stand behind a model without a comma: "gpt-image-1 image", "gpt-4o cached input", "gpt-5 long context". */
const TRAILING =
  /^(.+?) (long[ -]context|(?:(?:text|image|audio|video|voice) )?(?:cached input|input|output|(?:\d+[ -]?[a-z]+ )?cache writes?)(?: tokens?)?|(?:text|image|audio|video|voice)s?)$/i;

/** Takes such words off the end of "model modality category" and applies them; returns what is left. */
export function takeTrailing(item: Qualities, head: string): string {
  let name = head;
  for (let taken = 0; taken < 3; taken += 1) {
    const [, rest, words] = TRAILING.exec(name) ?? [];
    if (rest === undefined || words === undefined) break;
    if (applyQualifier(item, words.toLowerCase()) !== 'applied') return head;
    name = rest;
  }
  return name;
}
