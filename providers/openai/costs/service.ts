/** What was used, in the field's own names. */
export type Service =
  | 'completions'
  | 'embeddings'
  | 'moderations'
  | 'images'
  | 'audio'
  | 'video'
  | 'fine_tuning'
  | 'vector_stores'
  | 'code_interpreter'
  | 'file_search'
  | 'web_search'
  | 'prepaid' // bought in advance for all projects: bundles, scale tiers, reserved capacity
  | 'other';

const FAMILIES: [RegExp, Service][] = [
  [/embedding/, 'embeddings'],
  [/moderation/, 'moderations'],
  [/^(dall-?e|gpt-image|chatgpt-image)/, 'images'],
  [/^sora/, 'video'],
  [/^(whisper|tts|gpt-audio|gpt-realtime|gpt-live)|-(transcribe|tts|realtime|audio)\b/, 'audio'],
];
const LANGUAGE_MODEL = /^(gpt|chatgpt|chat|codex|computer-use|davinci|babbage|curie|ada|o\d)(-|$)/;
/** A name that somebody coined: letters with a digit, a dash or a colon. "credits" is a word. */
const COINED = /^(?=.*[a-z]).*[\d:-]/;
export const isCoined = (name: string) => COINED.test(name.toLowerCase());

/**
 * The service that a model belongs to. A coined name that is billed by tokens and of no other family is a language
 * model; any other must be known as one.
 */
export function serviceOf(model: string, billedByTokens: boolean): Service | undefined {
  const base = model.toLowerCase().replace(/^ft[:-]/, '');
  const family = FAMILIES.find(([pattern]) => pattern.test(base))?.[1];
  return family ?? ((billedByTokens && isCoined(model)) || LANGUAGE_MODEL.test(base) ? 'completions' : undefined);
}

const PRODUCTS: [RegExp, Service][] = [
  [/\bpre-?paid\b|\bbundles?\b|^scale tier\b|\breserved (capacity|units?)\b/, 'prepaid'],
  [/\bweb search\b/, 'web_search'],
  [/\b(vector stores?|(?<!container )storage)\b/, 'vector_stores'],
  [/\bfile search\b|^retrieval$/, 'file_search'],
  [
    /\bcode interpreter\b|^([\w-]+ ){0,3}containers?( usage| sessions?| storage| minutes?)*( \(?\d+ ?gi?b?\)?)?$/,
    'code_interpreter',
  ],
  [/\bfine[ -]?tun(ing|ed)\b|^training$/, 'fine_tuning'],
  [/^(text )?embeddings?( models?)?$/, 'embeddings'],
  [/^moderations?( models?)?$/, 'moderations'],
  [/^images?( (models?|generations?|edits?|variations?)( tool calls?)?)?$/, 'images'],
  [
    /^(audio|speech|transcriptions?)( (models?|transcriptions?|speech))?$|^(realtime )?voice sessions?( minutes?| (by the|per) minute)?$/,
    'audio',
  ],
  [/^videos?( (models?|generations?))?$/, 'video'],
];

/** The service that a lower-case product name stands for. */
export function productOf(text: string): Service | undefined {
  return PRODUCTS.find(([pattern]) => pattern.test(text))?.[1];
}

/** The API's name of a model that the bill writes in words. */
export function modelOf(name: string): string {
  if (/^tts hd$/i.test(name)) return 'tts-1-hd';
  return name.replace(/^dall-e (\d)$/i, 'dall-e-$1');
}
