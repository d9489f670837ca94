import type { Qualities } from './qualities.ts';

type Category = {
  token_type: Exclude<Qualities['token_type'], 'none' | 'other'>;
  modality: string;
  /** The words that say nothing of tokens: "12h", "regional", a new one. */
  rest: string;
  /** Whether the words repeat "input": "cached" alone tells more of an input that was named before. */
  namesInput: boolean;
};

const MODALITY = /^(text|image|audio|video|voice)s?$/;
const WORD = /^(?:(?:un)?cached|input|output|reasoning|cache-(?:write|creation|read)|tokens?)$/;

/**
 * What words in lower case say of tokens, in whatever order: "cached audio input", "input_audio_tokens", "cache writes
 * 12h". Undefined where they name no category; 'contradiction' where they name two.
 */
export function categoryOf(words: string): Category | 'contradiction' | undefined {
  const list = words.replaceAll(/\bcache (write|creation|read)s?\b/g, 'cache-$1').split(' ');
  const has = (...names: string[]) => names.some((name) => list.includes(name));
  const isWrite = has('cache-write', 'cache-creation');
  const isCached = has('cached', 'cache-read');
  const isInput = has('input', 'uncached');
  const isOutput = has('output');
  if (!isWrite && !isCached && !isInput && !isOutput) return undefined;
  if ((isOutput && (isWrite || isCached || isInput)) || (isWrite && isCached)) return 'contradiction';
  const of = list.find((word) => MODALITY.test(word));
  return {
    token_type: isOutput ? 'output' : isWrite ? 'cache_write' : isCached ? 'cached_input' : 'input',
    modality: modalityOf(of ?? '') ?? '',
    rest: list.filter((word) => word !== of && !WORD.test(word)).join(' '),
    namesInput: has('input'),
  };
}

/** The modality that a word names; undefined where it names none. */
export function modalityOf(words: string): string | undefined {
  const [, modality] = MODALITY.exec(words) ?? [];
  return modality === 'voice' ? 'audio' : modality;
}
