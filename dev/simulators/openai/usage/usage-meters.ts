import { lettersFrom } from '../arithmetic/random.ts';
import type { Fact } from '../bill/facts.ts';
import { usageModel } from './usage-models.ts';
import { requestsOf, wholeUnits } from './usage-quantity.ts';
import { type Dimensions, split, type Tally } from './usage-tally.ts';

type Meter = (fact: Fact, caller: Dimensions, tally: Tally, share: number) => void;
type Kind = Pick<Dimensions, 'size' | 'source'> & { weight: number };

const imagesOf = (model: string, quantity: (fact: Fact) => number, kinds: Kind[]): Meter => {
  const weights = kinds.map(({ weight }) => weight);
  return (fact, caller, tally) => {
    for (const [i, images] of split(quantity(fact), weights).entries()) {
      const { size = null, source = null } = kinds[i] ?? {};
      tally.add('images', { ...caller, model, size, source }, { images, num_model_requests: Math.ceil(images / 1.25) });
    }
  };
};

// 1024x1536 is in no document.
const gptImages: Kind[] = [
  { size: '1024x1024', source: 'image.generation', weight: 5 },
  { size: '1024x1536', source: 'image.generation', weight: 2 },
  { size: '1024x1024', source: 'image.edit', weight: 3 },
];
const dallEImages: Kind[] = [
  { size: '1024x1024', source: 'image.generation', weight: 6 },
  { size: '1024x1792', source: 'image.generation', weight: 3 },
  { size: '1024x1024', source: 'image.variation', weight: 1 },
];

const transcriptions =
  (model: string, secondsPerUnit: bigint): Meter =>
  (fact, caller, tally) => {
    const metrics = { seconds: wholeUnits(fact.quantity, secondsPerUnit), num_model_requests: requestsOf(fact) };
    tally.add('audio_transcriptions', { ...caller, model }, metrics);
  };

/**
 * How line items appear in the usage endpoints: those not billed by tokens, and image tokens, which also count as
 * images.
 */
const meters: Record<string, Meter> = {
  whisper: transcriptions(usageModel('whisper'), 60n),
  'whisper-1, audio': transcriptions('whisper-1', 1n),
  'tts-1': (fact, caller, tally) => {
    const metrics = { characters: wholeUnits(fact.quantity), num_model_requests: requestsOf(fact) };
    tally.add('audio_speeches', { ...caller, model: 'tts-1' }, metrics);
  },
  'dall-e-3': imagesOf('dall-e-3', ({ quantity }) => wholeUnits(quantity), dallEImages),
  'gpt-image-1 image, output': imagesOf(usageModel('gpt-image-1'), requestsOf, gptImages),
  'gpt-image-2-2026-04-21 image, output': imagesOf(usageModel('gpt-image-2-2026-04-21'), requestsOf, gptImages),
  'assistants api | file search': ({ quantity, project_id }, caller, tally) => {
    for (const [i, num_requests] of split(wholeUnits(quantity), [5, 3]).entries()) {
      tally.add('file_search_calls', { ...caller, vector_store_id: vectorStoreOf(project_id, i) }, { num_requests });
    }
  },
  'assistants api | code interpreter': ({ quantity }, caller, tally) =>
    tally.add('code_interpreter_sessions', caller, { num_sessions: wholeUnits(quantity) }),
  // The bill counts GiB-hours, usage the bytes stored, which are the same on a half-finished day.
  'vector storage': ({ quantity }, caller, tally, share) => {
    const usage_bytes = Math.round(wholeUnits(quantity, 1024n ** 3n) / 24 / share);
    tally.add('vector_stores', caller, { usage_bytes });
  },
  'web search tool calls': tallyWebSearch,
};

/** Everything but tokens. `share` is how much of the day has passed; completions are counted before. */
export function tallyMeters(facts: readonly Fact[], share: number, tally: Tally): void {
  for (const fact of facts) {
    const { project_id, user_id, api_key_id, api_source, line_item } = fact;
    if (Object.hasOwn(meters, line_item))
      meters[line_item]?.(fact, { project_id, user_id, api_key_id, api_source }, tally, share);
  }
}

/** By the models that the same key used that day: their requests are counted here a second time. */
function tallyWebSearch({ quantity }: Fact, caller: Dimensions, tally: Tally): void {
  const callers = tally
    .facts('completions')
    .filter(
      ({ dimensions }) =>
        dimensions.project_id === caller.project_id &&
        dimensions.api_key_id === caller.api_key_id &&
        dimensions.user_id === caller.user_id &&
        dimensions.api_source === caller.api_source &&
        dimensions.batch === false,
    );
  const models = [...new Set(callers.map(({ dimensions }) => dimensions.model ?? null))];
  if (models.length === 0) models.push('gpt-4o-search-preview');
  const shares = split(
    wholeUnits(quantity),
    models.map(() => 1),
  );
  for (const [i, model] of models.entries()) {
    for (const [level, num_requests] of split(shares[i] ?? 0, [2, 5, 1]).entries()) {
      const context_level = ['low', 'medium', 'high'][level] ?? null;
      const num_model_requests = Math.ceil(num_requests / 1.3);
      tally.add('web_search_calls', { ...caller, model, context_level }, { num_model_requests, num_requests });
    }
  }
}

const vectorStoreOf = (project: string | null, place: number) => `vs_${lettersFrom(`${project}/store/${place}`, 24)}`;
