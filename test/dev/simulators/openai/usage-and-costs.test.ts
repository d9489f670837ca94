import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import type { UsageEndpoint } from '#dev/simulators/openai/usage/usage-catalog.ts';

const [FROM, TO] = ['2026-05-04', '2026-05-15'];
const ONLY_COSTS = ['chat-latest'];
let simulator: Simulator;
let large: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ today: '2026-11-23' });
  large = await startSimulator({ today: '2026-11-23', factsPerDay: 3000 });
});
afterAll(() => Promise.all([simulator.close(), large.close()]));

/** The test's own reading of the token line items of two surfaces. */
const LINE =
  /^(?:(\w+) \| )?([\w.-]+?)(?: (text|image|audio))?, (cached input|input|(?:\w+ )?cache writes|output)(?:_tokens)?(, .*)?$/;
const aliases: Record<string, string> = {
  'gpt-image-1': 'gpt-image-1-2025-04-23',
  'gpt-image-2-2026-04-21': 'gpt-image-2',
};

/** A metric's sums by day, project, user, API key and model. */
function used(of: Simulator, endpoint: UsageEndpoint, metric: string, from: string, to: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { day, facts } of of.truth.usage(endpoint, from, to).days) {
    for (const { dimensions, metrics } of facts) {
      const { project_id, user_id, api_key_id, model } = dimensions;
      const key = [day, project_id, user_id, api_key_id, model].join();
      sums.set(key, (sums.get(key) ?? 0) + (metrics[metric] ?? 0));
    }
  }
  return sums;
}

/** The quantities of the bill by the same, of the line items that `pick` gives a model for. */
function billed(of: Simulator, pick: (lineItem: string) => string | undefined, from: string, to: string) {
  const sums = new Map<string, number>();
  for (const { day, facts } of of.truth.days(from, to)) {
    for (const { project_id, user_id, api_key_id, line_item, quantity } of facts) {
      const model = pick(line_item);
      if (model === undefined || ONLY_COSTS.includes(model)) continue;
      const key = [day, project_id, user_id, api_key_id, aliases[model] ?? model].join();
      sums.set(key, (sums.get(key) ?? 0) + Number(quantity));
    }
  }
  return sums;
}

const tokens =
  (kinds: string[], media = ['text', 'image', 'audio']) =>
  (lineItem: string) => {
    const [, , model, medium = 'text', kind = ''] = LINE.exec(lineItem.replace('cached_input', 'cached input')) ?? [];
    if (!kinds.includes(kind.replace(/^\w+ (?=cache writes)/, ''))) return undefined;
    return media.includes(medium) && !model?.startsWith('text-embedding') ? model : undefined;
  };
const known = (sums: Map<string, number>) =>
  new Map([...sums].filter(([key, value]) => value > 0 && !key.endsWith('codex-mini-latest')).sort());

test.each([
  ['input_tokens', tokens(['input', 'cached input', 'cache writes'])],
  ['input_uncached_tokens', tokens(['input'])],
  ['input_cached_tokens', tokens(['cached input'])],
  ['input_cache_write_tokens', tokens(['cache writes'])],
  ['output_tokens', tokens(['output'])],
  ['input_audio_tokens', tokens(['input'], ['audio'])],
  ['input_cached_audio_tokens', tokens(['cached input'], ['audio'])],
  ['output_audio_tokens', tokens(['output'], ['audio'])],
  ['input_image_tokens', tokens(['input'], ['image'])],
  ['output_image_tokens', tokens(['output'], ['image'])],
  ['input_text_tokens', tokens(['input'], ['text'])],
])('completions: %s are the quantities of the bill', (metric, pick) => {
  const quantities = known(billed(simulator, pick, FROM, TO));
  if (metric !== 'input_cache_write_tokens') expect(quantities.size).toBeGreaterThan(0);
  expect(known(used(simulator, 'completions', metric, FROM, TO))).toEqual(quantities);
  const large1 = known(billed(large, pick, '2026-11-18', '2026-11-19'));
  expect(large1.size).toBeGreaterThan(0);
  expect(known(used(large, 'completions', metric, '2026-11-18', '2026-11-19'))).toEqual(large1);
});

test('every fact: the input is cached, written to the cache or neither; requests are fewer than tokens', () => {
  for (const { facts } of simulator.truth.usage('completions', FROM, TO).days) {
    for (const { metrics: m } of facts) {
      const of = (...names: string[]) => names.reduce((total, name) => total + (m[name] ?? 0), 0);
      expect(m.input_tokens).toBe(of('input_uncached_tokens', 'input_cached_tokens', 'input_cache_write_tokens'));
      expect(m.input_uncached_tokens).toBe(of('input_text_tokens', 'input_audio_tokens', 'input_image_tokens'));
      expect(m.output_tokens).toBe(of('output_text_tokens', 'output_audio_tokens', 'output_image_tokens'));
      expect(m.num_model_requests).toBeGreaterThan(0);
      expect(m.num_model_requests).toBeLessThan(Number(m.output_tokens) / 20);
    }
  }
});

test('embeddings, speech, transcriptions, images, sessions and calls are those of the bill', () => {
  const sum = (sums: Map<string, number>) => sums.values().reduce((total, value) => total + value, 0);
  const whole = (metric: string, endpoint: UsageEndpoint) => sum(used(simulator, endpoint, metric, FROM, TO));
  const items = (...names: string[]) =>
    sum(billed(simulator, (item) => (names.includes(item) ? item : undefined), FROM, TO));
  const embeddings = items('text-embedding-3-small', 'text-embedding-3-large, input');
  expect(whole('input_tokens', 'embeddings')).toBe(embeddings);
  expect(whole('characters', 'audio_speeches')).toBe(items('tts-1'));
  expect(whole('num_sessions', 'code_interpreter_sessions')).toBe(items('assistants api | code interpreter'));
  expect(whole('num_requests', 'file_search_calls')).toBe(items('assistants api | file search'));
  expect(whole('num_requests', 'web_search_calls')).toBe(items('web search tool calls'));
  // Minutes have two decimals, seconds none.
  const seconds = items('whisper') * 60 + items('whisper-1, audio');
  expect(Math.abs(whole('seconds', 'audio_transcriptions') - seconds)).toBeLessThan(135);
  const dallE = used(simulator, 'images', 'images', FROM, TO);
  expect(sum(new Map([...dallE].filter(([key]) => key.endsWith('dall-e-3'))))).toBe(items('dall-e-3'));
});

test('a vector store is a stock: what the bill has in GiB-hours lay there all day', () => {
  const { project_id, quantity } =
    simulator.truth.days('2026-05-05', '2026-05-06')[0]?.facts.find((fact) => fact.line_item === 'vector storage') ??
    expect.fail('there is storage');
  const facts = simulator.truth.usage('vector_stores', '2026-05-05', '2026-05-06').days[0]?.facts;
  const paid = facts?.find(({ dimensions }) => dimensions.project_id === project_id);
  expect(Number(paid?.metrics.usage_bytes) / 1024 ** 3).toBeCloseTo(Number(quantity) / 24, 4);
  // The free first GiB of another project is on no bill.
  expect(facts).toHaveLength(2);
});

test('requests of web search are counted among the completions as well', () => {
  const searches = used(simulator, 'web_search_calls', 'num_model_requests', FROM, TO);
  const completions = used(simulator, 'completions', 'num_model_requests', FROM, TO);
  const both = [...searches.keys()].filter((key) => completions.has(key));
  expect(both.length / searches.size).toBeGreaterThan(0.9);
});

test('names differ in both ways, and some models are in one of the two alone', () => {
  const models = new Set(
    (['completions', 'images', 'audio_transcriptions', 'moderations'] as const).flatMap((endpoint) =>
      simulator.truth
        .usage(endpoint, FROM, TO)
        .days.flatMap(({ facts }) => facts.map(({ dimensions }) => dimensions.model)),
    ),
  );
  const lines = simulator.truth.days(FROM, TO).flatMap(({ facts }) => facts.map(({ line_item }) => line_item));
  const onBill = (name: string) => lines.some((line) => line.split(/[ ,]/).includes(name));
  for (const [bill, usage] of Object.entries(aliases)) {
    expect([onBill(bill), models.has(bill), onBill(usage), models.has(usage)]).toEqual([true, false, false, true]);
  }
  for (const name of ['codex-mini-latest', 'omni-moderation-latest']) {
    expect([onBill(name), models.has(name)]).toEqual([false, true]);
  }
  expect([onBill('chat-latest'), models.has('chat-latest')]).toEqual([true, false]);
});
