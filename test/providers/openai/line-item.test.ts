import { expect, test } from 'vitest';
import { isUnderstood, parseLineItem } from '#providers/openai/costs/line-item.ts';

/** service · model · token type · then what else it says */
function said(text: string): string {
  const { service, model, token_type, modality, service_tier, surface, long_context } = parseLineItem(text);
  const more = [modality, service_tier, surface, long_context ? 'long context' : ''];
  return [service, model, token_type, ...more].filter(Boolean).join(' · ');
}

test.each([
  // language models
  ['gpt-4o-2024-08-06, input', 'completions · gpt-4o-2024-08-06 · input'],
  ['gpt-4o-mini-2024-07-18, cached input', 'completions · gpt-4o-mini-2024-07-18 · cached_input'],
  ['gpt-5.5-2026-04-23, output', 'completions · gpt-5.5-2026-04-23 · output'],
  ['gpt-5.6-luna, cache writes', 'completions · gpt-5.6-luna · cache_write'],
  ['o1-pro, output', 'completions · o1-pro · output'],
  ['chat-latest, input', 'completions · chat-latest · input'],
  ['ft-gpt-4o-2024-08-06, input', 'completions · ft-gpt-4o-2024-08-06 · input'],
  ['ft:gpt-4o:acme:bot:9xYz, output', 'completions · ft:gpt-4o:acme:bot:9xYz · output'],
  ['orion-9, output', 'completions · orion-9 · output'],
  ['gpt-5.4-2026-03-05, input, long context', 'completions · gpt-5.4-2026-03-05 · input · long context'],
  ['gpt-5 text, input', 'completions · gpt-5 · input · text'],
  ['gpt-5, audio input tokens', 'completions · gpt-5 · input · audio'],
  ['gpt-5.6-luna, reasoning output', 'completions · gpt-5.6-luna · output'],
  ['babbage-002, input', 'completions · babbage-002 · input'],
  ['davinci-002', 'completions · davinci-002 · none'],
  ['codex-mini-latest, cached input', 'completions · codex-mini-latest · cached_input'],
  ['computer-use-preview, input', 'completions · computer-use-preview · input'],
  ['ft:davinci-002:acme, output', 'completions · ft:davinci-002:acme · output'],
  // tiers and surfaces
  ['gpt-4.1-2025-04-14, input (batch)', 'completions · gpt-4.1-2025-04-14 · input · batch'],
  ['gpt-5, cached input tokens (long context)', 'completions · gpt-5 · cached_input · long context'],
  ['batch | gpt-5, input (batch)', 'completions · gpt-5 · input · batch'],
  ['priority | gpt-5.6-sol, output', 'completions · gpt-5.6-sol · output · priority'],
  ['batch | gpt-4o, input', 'completions · gpt-4o · input · batch'],
  ['flex|gpt-5,output', 'completions · gpt-5 · output · flex'],
  ['  BATCH |  gpt-5 ,  Cached   INPUT ', 'completions · gpt-5 · cached_input · batch'],
  ['assistants api | priority | gpt-5, input', 'completions · gpt-5 · input · priority · assistants api'],
  // other families
  ['text-embedding-3-small, input', 'embeddings · text-embedding-3-small · input'],
  ['text-embedding-3-large', 'embeddings · text-embedding-3-large · none'],
  ['omni-moderation-latest, input', 'moderations · omni-moderation-latest · input'],
  ['gpt-image-1 image, output', 'images · gpt-image-1 · output · image'],
  ['gpt-image-1 text, cached input', 'images · gpt-image-1 · cached_input · text'],
  ['gpt-image-2-2026-04-21 image, input', 'images · gpt-image-2-2026-04-21 · input · image'],
  ['chatgpt-image-latest image, output', 'images · chatgpt-image-latest · output · image'],
  ['dall-e-3', 'images · dall-e-3 · none'],
  ['gpt-audio-mini-2025-12-15 audio, input', 'audio · gpt-audio-mini-2025-12-15 · input · audio'],
  ['gpt-realtime-2.1 audio, output', 'audio · gpt-realtime-2.1 · output · audio'],
  ['gpt-4o-transcribe audio, input', 'audio · gpt-4o-transcribe · input · audio'],
  ['gpt-4o-mini-tts text, input', 'audio · gpt-4o-mini-tts · input · text'],
  ['tts-1-hd', 'audio · tts-1-hd · none'],
  ['tts-1-hd, characters', 'audio · tts-1-hd · none'],
  ['whisper-1, minutes', 'audio · whisper-1 · none'],
  ['whisper', 'audio · whisper · none'],
  ['whisper-1, audio', 'audio · whisper-1 · none · audio'],
  ['sora-2 video, output', 'video · sora-2 · output · video'],
  // products
  ['web search tool calls', 'web_search · none'],
  ['web search tool calls, o3', 'web_search · o3 · none'],
  ['Web Search (preview), gpt-4o-mini', 'web_search · gpt-4o-mini · none'],
  ['assistants api | file search', 'file_search · none · assistants api'],
  ['Assistants API | Code Interpreter sessions', 'code_interpreter · none · assistants api'],
  ['file search storage', 'vector_stores · none'],
  ['vector store storage', 'vector_stores · none'],
  ['fine-tuning training', 'fine_tuning · none'],
  ['gpt-4o-mini-2024-07-18, training', 'fine_tuning · gpt-4o-mini-2024-07-18 · none'],
])('%s', (text, expected) => {
  expect(said(text)).toBe(expected);
  expect(isUnderstood(parseLineItem(text))).toBe(true);
});

test.each([
  '',
  ' ',
  '|',
  '| gpt-5, input',
  ', input',
  'credit adjustment',
  'mystery',
  'mystery, characters',
  'credits, output',
  'credits (batch), output',
  '2026, output',
  'gpt-5, o3',
  'web search tool calls, credits',
  'web search tool calls, o3, gpt-5',
  'gpt-4o, training, something new',
  'batch | priority | gpt-5.4, input',
  'priority | gpt-5.4, input (batch)',
  'gpt-5, input (something new)',
  'gpt 5, input',
  'gpt-5, input, output',
  'gpt-5, something new',
  'image credit refund',
  '__proto__',
  'toString',
])('%j fits no shape', (text) => {
  const item = parseLineItem(text);
  expect(item).toMatchObject({ service: 'other', model: '', token_type: 'other', service_tier: '', surface: '' });
  expect(isUnderstood(item)).toBe(false);
});

test('never throws, and every token item of the grammar comes apart as it was put together', () => {
  const pick = random(20_260_101);
  const pieces = [
    'gpt-5',
    'whisper',
    ', ',
    ' | ',
    '|',
    ',',
    'input',
    'cached',
    ' ',
    'audio',
    'long context',
    '💸',
    '\0',
    '\n',
    '%',
  ];
  for (let round = 0; round < 5_000; round++) {
    const noise = Array.from({ length: pick(9) }, () => pieces[pick(pieces.length)]).join('');
    expect(() => parseLineItem(noise)).not.toThrow();

    const model = `m${pick(1000)}-${['luna', 'sol.2', '2026-01-01'][pick(3)]}`;
    const modality = ['', 'text', 'image', 'audio', 'video'][pick(5)] ?? '';
    const [words = '', token_type] =
      [
        ['input', 'input'],
        ['cached input', 'cached_input'],
        ['cache writes', 'cache_write'],
        ['output', 'output'],
      ][pick(4)] ?? [];
    const service_tier = ['', 'batch', 'flex', 'priority'][pick(4)] ?? '';
    const long_context = pick(2) === 1;
    const text = `${service_tier && `${service_tier} | `}${model}${modality && ` ${modality}`}, ${words}${long_context ? ', long context' : ''}`;
    expect(parseLineItem(text)).toEqual({
      service: 'completions',
      model,
      token_type,
      modality,
      service_tier,
      surface: '',
      long_context,
    });
  }
});

test('a hostile text takes no time', () => {
  expect(isUnderstood(parseLineItem(`${'a '.repeat(100_000)}, input`))).toBe(false);
  expect(isUnderstood(parseLineItem('|'.repeat(100_000)))).toBe(false);
  expect(isUnderstood(parseLineItem(`gpt-5, ${'('.repeat(100_000)}`))).toBe(false);
  expect(isUnderstood(parseLineItem(`${'-'.repeat(100_000)}, input`))).toBe(false);
});

/** A small seeded generator (mulberry32): the same texts in every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
