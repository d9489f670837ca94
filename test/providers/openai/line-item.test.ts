import { expect, test } from 'vitest';
import { isUnderstood, parseLineItem } from '#providers/openai/costs/line-item.ts';

/** service · model · token type · then what else it says */
function said(text: string): string {
  const item = parseLineItem(text);
  const { service, model, token_type, modality, service_tier, surface, long_context, qualifier } = item;
  const more = [modality, service_tier, surface, long_context ? 'long context' : '', qualifier && `(${qualifier})`];
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
  ['ultrafast | gpt-6-astra, cached_input_tokens', 'completions · gpt-6-astra · cached_input · ultrafast'],
  ['fast | gpt-6-astra, output_tokens', 'completions · gpt-6-astra · output · fast'],
  ['scale | gpt-5.4, cache_writes', 'completions · gpt-5.4 · cache_write · scale'],
  ['scale tier | gpt-4o-2024-08-06, input', 'completions · gpt-4o-2024-08-06 · input · scale'],
  ['default | gpt-5, input', 'completions · gpt-5 · input'],
  ['standard | gpt-5, output (batch)', 'completions · gpt-5 · output · batch'],
  ['gpt-5, input, standard', 'completions · gpt-5 · input'],
  ['agents_api | gpt-6-astra, input, long context', 'completions · gpt-6-astra · input · agents api · long context'],
  ['decisions | gpt-6-astra, input_tokens', 'completions · gpt-6-astra · input · decisions'],
  ['gpt-4o input', 'completions · gpt-4o · input'],
  ['gpt-4o cached input tokens', 'completions · gpt-4o · cached_input'],
  ['gpt-4o audio output', 'completions · gpt-4o · output · audio'],
  ['gpt-5.6-luna, cache writes (5m)', 'completions · gpt-5.6-luna · cache_write · (5m)'],
  ['gpt-5.6-luna, 12-hour cache writes', 'completions · gpt-5.6-luna · cache_write · (12h)'],
  ['gpt-5.6-luna, 30m cache_write_tokens', 'completions · gpt-5.6-luna · cache_write · (30m)'],
  ['gpt-6-astra, input_tokens', 'completions · gpt-6-astra · input'],
  ['gpt-6-astra, cache_write_12h_tokens', 'completions · gpt-6-astra · cache_write · (12h)'],
  ['gpt-6-astra, input_cache_write_30m_tokens', 'completions · gpt-6-astra · cache_write · (30m)'],
  ['gpt-6-astra, cache writes, 12 hour retention', 'completions · gpt-6-astra · cache_write · (12h)'],
  ['gpt-6-astra 30-minute cache writes', 'completions · gpt-6-astra · cache_write · (30m)'],
  ['gpt-5.4, output, regional processing', 'completions · gpt-5.4 · output · (regional processing)'],
  ['gpt-5.4-2026-03-05, input, data residency', 'completions · gpt-5.4-2026-03-05 · input · (data residency)'],
  ['priority | gpt-5.4, output, eu', 'completions · gpt-5.4 · output · priority · (eu)'],
  ['eu region | agents_api | gpt-6-astra, input', 'completions · gpt-6-astra · input · agents api · (eu region)'],
  ['evals | flex | gpt-5.4, cached_input_tokens', 'completions · gpt-5.4 · cached_input · flex · evals'],
  ['codex-auto-review, cached input', 'completions · codex-auto-review · cached_input'],
  ['gpt-reserve, output', 'completions · gpt-reserve · output'],
  // what stands behind the model without a comma, and `_` for a space
  ['gpt-6-astra output_tokens', 'completions · gpt-6-astra · output'],
  ['gpt-6-astra_cached_input_tokens', 'completions · gpt-6-astra · cached_input'],
  ['ft:gpt-4o:acme:bot_output, input', 'completions · ft:gpt-4o:acme:bot_output · input'],
  ['gpt-6-astra long_context, input', 'completions · gpt-6-astra · input · long context'],
  ['gpt-6-astra input_tokens (cached)', 'completions · gpt-6-astra · cached_input'],
  ['gpt-6-astra - input', 'completions · gpt-6-astra · input'],
  ['gpt-6-astra regional, output', 'completions · gpt-6-astra · output · (regional)'],
  ['gpt-6-astra (eu), output', 'completions · gpt-6-astra · output · (eu)'],
  ['gpt-6-astra batch, output', 'completions · gpt-6-astra · output · batch'],
  ['gpt-6-astra fast, output', 'completions · gpt-6-astra · output · fast'],
  ['gpt-image-2 image_output', 'images · gpt-image-2 · output · image'],
  ['gpt-realtime-2.1 audio_input_tokens', 'audio · gpt-realtime-2.1 · input · audio'],
  // the words of a category in any order
  ['decider-1, input_uncached_tokens', 'completions · decider-1 · input'],
  ['decider-1, uncached input', 'completions · decider-1 · input'],
  ['gpt-6-astra, input_audio_tokens', 'completions · gpt-6-astra · input · audio'],
  ['gpt-6-astra, output_text_tokens', 'completions · gpt-6-astra · output · text'],
  ['gpt-realtime-2.1, cached audio input', 'audio · gpt-realtime-2.1 · cached_input · audio'],
  ['gpt-6-astra, cached_text_input_tokens', 'completions · gpt-6-astra · cached_input · text'],
  ['gpt-6-astra, input_cached_audio_tokens', 'completions · gpt-6-astra · cached_input · audio'],
  ['gpt-6-astra, input (cached)', 'completions · gpt-6-astra · cached_input'],
  ['gpt-6-astra, input (12h cache writes)', 'completions · gpt-6-astra · cache_write · (12h)'],
  ['gpt-6-astra, cache_write_tokens_12h', 'completions · gpt-6-astra · cache_write · (12h)'],
  ['gpt-6-astra, 12hr cache writes', 'completions · gpt-6-astra · cache_write · (12h)'],
  ['gpt-6-astra, 30 mins cache writes', 'completions · gpt-6-astra · cache_write · (30m)'],
  ['gpt-6-astra, cache writes (12 hrs)', 'completions · gpt-6-astra · cache_write · (12h)'],
  // qualifiers in brackets, behind a bar, and tiers with their factor
  ['gpt-6-astra, output (regional processing, eu)', 'completions · gpt-6-astra · output · (regional processing, eu)'],
  ['agents api | gpt-6-astra, input | regional', 'completions · gpt-6-astra · input · agents api · (regional)'],
  ['gpt-6-astra, output (eu) (batch)', 'completions · gpt-6-astra · output · batch · (eu)'],
  [
    'decisions | gpt-6-astra, input | long context | eu',
    'completions · gpt-6-astra · input · decisions · long context · (eu)',
  ],
  ['gpt-6-astra, input, us-regional', 'completions · gpt-6-astra · input · (us regional)'],
  ['gpt-6-astra, input, data_residency_uplift', 'completions · gpt-6-astra · input · (data residency uplift)'],
  ['fast (2x) | gpt-6-astra, output', 'completions · gpt-6-astra · output · fast'],
  ['ultrafast (6×) | gpt-6-astra, output', 'completions · gpt-6-astra · output · ultrafast'],
  ['ultra-fast | gpt-6-astra, output', 'completions · gpt-6-astra · output · ultrafast'],
  ['ultra_fast | gpt-6-astra, output', 'completions · gpt-6-astra · output · ultrafast'],
  ['priority (eu) | gpt-6-astra, output', 'completions · gpt-6-astra · output · priority · (eu)'],
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
  ['tts hd', 'audio · tts-1-hd · none'],
  ['dall-e 3, standard, 1024x1792, 1792x1024', 'images · dall-e-3 · none · (1024x1792, 1792x1024)'],
  ['dall-e 3, hd, 1024x1024', 'images · dall-e-3 · none · (hd, 1024x1024)'],
  ['gpt-live-1, voice session', 'audio · gpt-live-1 · none · audio'],
  ['gpt-live-1, voice', 'audio · gpt-live-1 · none · audio'],
  ['gpt-live-1 voice, input', 'audio · gpt-live-1 · input · audio'],
  ['tts-1-hd, characters', 'audio · tts-1-hd · none'],
  ['whisper-1, minutes', 'audio · whisper-1 · none'],
  ['whisper', 'audio · whisper · none'],
  ['whisper-1, audio', 'audio · whisper-1 · none · audio'],
  ['sora-2 video, output', 'video · sora-2 · output · video'],
  // products
  ['web search tool calls', 'web_search · none'],
  ['web search tool calls, o3', 'web_search · o3 · none'],
  ['web search tool calls | gpt-4o', 'web_search · gpt-4o · none'],
  ['assistants api | web search | batch | gpt-4o', 'web_search · gpt-4o · none · batch · assistants api'],
  ['web search | gpt-4o, input', 'completions · gpt-4o · input · web search'],
  ['scale tier | davinci-002', 'completions · davinci-002 · none · scale'],
  ['Web Search (preview), gpt-4o-mini', 'web_search · gpt-4o-mini · none'],
  ['assistants api | file search', 'file_search · none · assistants api'],
  ['Assistants API | Code Interpreter sessions', 'code_interpreter · none · assistants api'],
  ['assistants api | retrieval', 'file_search · none · assistants api'],
  ['web_search_tool_calls', 'web_search · none'],
  ['containers', 'code_interpreter · none'],
  ['containers, 4gb, minutes', 'code_interpreter · none · (4gb)'],
  ['container minutes, 16 GB', 'code_interpreter · none · (16 gb)'],
  ['agents api | container sessions', 'code_interpreter · none · agents api'],
  ['hosted_containers, container minutes', 'code_interpreter · none'],
  ['voice sessions, gpt-live-1', 'audio · gpt-live-1 · none'],
  ['gpt-live-1, voice session minutes', 'audio · gpt-live-1 · none · audio'],
  ['voice session minutes', 'audio · none'],
  ['voice sessions by the minute', 'audio · none'],
  ['containers, 4 GB, per minute', 'code_interpreter · none · (4 gb)'],
  ['containers, 4 GB, 20-minute session', 'code_interpreter · none · (4 gb, 20m)'],
  ['containers (4 GB), per minute', 'code_interpreter · none · (4 gb)'],
  ['hosted shell container, 16g', 'code_interpreter · none · (16g)'],
  ['whisper-1, duration_minutes', 'audio · whisper-1 · none'],
  ['sora-2, video seconds', 'video · sora-2 · none · video'],
  ['sora-2-pro, 1080p seconds', 'video · sora-2-pro · none · (1080p)'],
  ['file search storage, gib days', 'vector_stores · none'],
  ['gpt-4o-mini web search tool calls', 'web_search · gpt-4o-mini · none'],
  ['image generation tool calls', 'images · none'],
  ['file search storage', 'vector_stores · none'],
  ['vector store storage', 'vector_stores · none'],
  ['fine-tuning training', 'fine_tuning · none'],
  ['gpt-4o-mini-2024-07-18, training', 'fine_tuning · gpt-4o-mini-2024-07-18 · none'],
  // bought in advance: one lump, without a project and a quantity
  ['prepaid bundle', 'prepaid · none'],
  ['Prepaid credits', 'prepaid · none'],
  ['token bundle', 'prepaid · none'],
  ['scale tier', 'prepaid · none'],
  ['Scale Tier, gpt-4o-2024-08-06', 'prepaid · gpt-4o-2024-08-06 · none'],
])('%s', (text, expected) => {
  expect(said(text)).toBe(expected);
  expect(isUnderstood(text)).toBe(true);
});

test.each([
  ['gpt-5.4-2026-03-05, input, beta price', 'completions · gpt-5.4-2026-03-05 · input · (beta price)'],
  ['priority | gpt-5.4, output, x2, long context', 'completions · gpt-5.4 · output · priority · long context · (x2)'],
  ['gpt-5, input (something new)', 'completions · gpt-5 · input · (something new)'],
  ['gpt-5, 12h cache writes, eu, something new', 'completions · gpt-5 · cache_write · (12h, eu, something new)'],
  ['gpt-5, something new', 'completions · gpt-5 · other · (something new)'],
  ['gpt-4o, training, something new', 'fine_tuning · gpt-4o · none · (something new)'],
  ['web search tool calls, something new', 'web_search · none · (something new)'],
  ['gpt-live-1, voice session, something new', 'audio · gpt-live-1 · other · audio · (something new)'],
  ['gpt-6-astra (beta), output', 'completions · gpt-6-astra · output · (beta)'],
  ['gpt-6 astra, output', 'completions · gpt-6 · output · (astra)'],
  ['gpt-6-astra, extended cache writes', 'completions · gpt-6-astra · cache_write · (extended)'],
  ['gpt-6-astra, predicted output', 'completions · gpt-6-astra · output · (predicted)'],
  ['gpt-6-astra, input >272k', 'completions · gpt-6-astra · input · (>272k)'],
  ['gpt-6-astra, output | zero-g', 'completions · gpt-6-astra · output · (zero-g)'],
  ['priority (beta) | gpt-6-astra, output', 'completions · gpt-6-astra · output · priority · (beta)'],
  ['orion-9, prompt cache writes', 'completions · orion-9 · cache_write · (prompt)'],
  ['orion-9, thought units', 'completions · orion-9 · other · (thought units)'],
  ['gpt-6-astra, reasoning tokens', 'completions · gpt-6-astra · other · (reasoning tokens)'],
])('an unknown qualifier costs nothing that was understood, and is reported: %s', (text, expected) => {
  expect(said(text)).toBe(expected);
  expect(isUnderstood(text)).toBe(false);
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
  'web search tool calls, o3, gpt-5',
  'batch | priority | gpt-5.4, input',
  'priority | gpt-5.4, input (batch)',
  'gpt 5, input',
  'gpt-5, input, output',
  'gpt-5, cached input, input',
  'gpt-5, cached output',
  'credit-adjustment, thought units',
  'agents api | mystery',
  'image credit refund',
  '__proto__',
  'toString',
])('%j fits no shape', (text) => {
  const item = parseLineItem(text);
  expect(item).toMatchObject({ service: 'other', model: '', token_type: 'other', service_tier: '', surface: '' });
  expect(isUnderstood(text)).toBe(false);
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
      qualifier: '',
      unknown_qualifier: '',
    });
  }
});

test('a hostile text takes no time', () => {
  expect(isUnderstood(`${'a '.repeat(100_000)}, input`)).toBe(false);
  expect(isUnderstood('|'.repeat(100_000))).toBe(false);
  expect(isUnderstood(`gpt-5, ${'('.repeat(100_000)}`)).toBe(false);
  expect(isUnderstood(`${'-'.repeat(100_000)}, input`)).toBe(false);
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
