import fc from 'fast-check';
import { expect } from 'vitest';
import { isUnderstood, parseLineItem } from '#providers/openai/costs/line-item.ts';
import { fuzz } from './fuzz.ts';

const TOKEN_TYPES = ['input', 'cached_input', 'cache_write', 'output', 'none', 'other'];
const TIERS = ['', 'priority', 'batch', 'flex', 'scale', 'fast', 'ultrafast'];
const word = fc.constantFrom(
  ...[
    'gpt-5',
    'gpt-4o-2024-08-06',
    'whisper',
    'tts hd',
    'dall-e 3',
    'gpt-live-1',
    'scale tier',
    'web search tool calls',
  ],
  ...['input', 'cached input', 'output_tokens', 'cache writes (5m)', 'text', 'audio', 'voice session', 'long context'],
  ...[
    'batch',
    'priority',
    'standard',
    'default',
    'ultrafast',
    '1024x1792',
    'eu',
    'refund',
    'assistants api',
    'training',
  ],
  ...['', ' ', '(', ')', '_', '__proto__', '💸', '\0', '\n', '%', 'ﬀ', 'İ'],
);
const join = fc.constantFrom(', ', ',', ' | ', '|', ' ', '_', ' (', ')');
const assembled = fc.array(fc.tuple(word, join), { maxLength: 8 }).map((parts) => parts.flat().join(''));
const text = fc.oneof(assembled, fc.string({ unit: 'grapheme', maxLength: 60 }));

fuzz(
  'whatever the text, a line item has a place: it never throws, and what it says is of the known words',
  [text],
  (lineItem) => {
    const item = parseLineItem(lineItem);
    expect(TOKEN_TYPES).toContain(item.token_type);
    expect(TIERS).toContain(item.service_tier);
    expect(['', 'text', 'image', 'audio', 'video']).toContain(item.modality);
    // A model and a surface are words of the text, not of ours; two are the API's names for words.
    expect(['tts-1-hd', 'dall-e-3'].includes(item.model) || lineItem.includes(item.model)).toBe(true);
    if (item.token_type === 'other') expect(isUnderstood(lineItem)).toBe(false);
    if (item.service === 'other') expect(item).toMatchObject({ model: '', token_type: 'other' });
  },
  2_000,
);

const grammar = fc.record({
  tier: fc.constantFrom('', 'batch', 'flex', 'priority', 'scale', 'fast', 'ultrafast', 'default'),
  surface: fc.constantFrom('', 'agents api', 'evals'),
  model: fc
    .stringMatching(/^gpt-[1-9][a-z]{0,3}(-[a-z]{3,8})?(-20[2-9]\d-[01]\d-[0-3]\d)?$/)
    .filter((name) => !/-(audio|realtime|tts|image)/.test(name)),
  modality: fc.constantFrom('', 'text', 'image', 'audio', 'video'),
  category: fc.constantFrom(
    ['input', 'input'],
    ['input_tokens', 'input'],
    ['cached input', 'cached_input'],
    ['cached_input_tokens', 'cached_input'],
    ['cache writes', 'cache_write'],
    ['12h cache writes', 'cache_write'],
    ['output', 'output'],
  ),
  long_context: fc.boolean(),
  unknown: fc.constantFrom('', 'beta price', 'something new'),
});

fuzz(
  'what was put together by the grammar comes apart, an unknown qualifier or not',
  [grammar],
  ({ tier, surface, model, modality, category: [words = '', token_type], ...rest }) => {
    const before = [surface, tier].filter(Boolean).map((prefix) => `${prefix} | `);
    const after = [words, rest.unknown, rest.long_context && 'long context'].filter(Boolean);
    const lineItem = `${before.join('')}${model}${modality && ` ${modality}`}, ${after.join(', ')}`;
    expect(parseLineItem(lineItem)).toMatchObject({
      model,
      token_type,
      modality,
      surface,
      service_tier: tier === 'default' ? '' : tier,
      long_context: rest.long_context,
    });
    expect(isUnderstood(lineItem)).toBe(rest.unknown === '');
  },
  1_000,
);

const shuffled = (words: string[]) => fc.shuffledSubarray(words, { minLength: words.length });
/** A category among its own words, in any order, with an unknown word or none. */
const category = fc
  .tuple(
    fc.constantFrom(
      [['input'], 'input'],
      [['uncached', 'input'], 'input'],
      [['cached', 'input'], 'cached_input'],
      [['input', 'cache write'], 'cache_write'],
      [['cache writes', '12h'], 'cache_write'],
      [['output'], 'output'],
      [['reasoning', 'output'], 'output'],
    ),
    fc.constantFrom('', 'text', 'image', 'audio', 'video'),
    fc.constantFrom('', 'tokens'),
    fc.constantFrom('', 'prompt', 'beta', '>272k'),
  )
  .chain(([[names = [], token_type], modality, unit, unknown]) =>
    fc.record({
      words: shuffled([...names, modality, unit, unknown].filter(Boolean)),
      token_type: fc.constant(token_type),
      modality: fc.constant(modality),
      unknown: fc.constant(unknown),
    }),
  );

fuzz(
  'a category keeps model and token type, wherever it stands, by whatever its words are joined',
  [
    category,
    fc.constantFrom('gpt-6-astra', 'orion-9', 'gpt-image-2', 'ft:gpt-4o:acme'),
    fc.constantFrom(', ', ' ', ', long context, ', ' (eu), ', ' batch, '),
    fc.constantFrom(' ', '_'),
    fc.constantFrom('', ' | regional', ' (eu, batch)'),
  ],
  ({ words, token_type, modality, unknown }, model, before, space, after) => {
    const lineItem = `agents api | ${model}${before}${words.join(' ').replaceAll(' ', space)}${after}`;
    expect(parseLineItem(lineItem)).toMatchObject({ model, token_type, modality, unknown_qualifier: unknown });
    expect(isUnderstood(lineItem)).toBe(unknown === '');
  },
  1_000,
);

fuzz(
  'a long text takes no time',
  [word, join, fc.integer({ min: 1_000, max: 20_000 })],
  (one, between, times) => {
    const started = performance.now();
    parseLineItem(`${one}${between}`.repeat(times));
    expect(performance.now() - started).toBeLessThan(2_000);
  },
  50,
);
