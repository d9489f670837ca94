import { hash } from '../arithmetic/random.ts';
import { usageModel, WITHOUT_USAGE } from './usage-models.ts';

const TOKENS =
  /^(?:(?<tier>\w+) \| )?(?<model>\S+?)(?: (?<medium>text|image|audio))?, (?<kind>(?:cached[ _])?input|(?:(?:12h|30m) )?cache writes|output)(?:_tokens)?(?:, (?:long context|regional processing))?$/;
const EMBEDDINGS = /^(text-embedding-\S+?)(?:, input)?$/;

/** Where a line item's tokens are counted. The split by medium is one of the uncached input. */
const counters: Record<string, (medium: string) => string[]> = {
  input: (medium) => ['input_tokens', 'input_uncached_tokens', `input_${medium}_tokens`],
  'cached input': (medium) => ['input_tokens', 'input_cached_tokens', `input_cached_${medium}_tokens`],
  'cache writes': () => ['input_tokens', 'input_cache_write_tokens', 'input_cache_write_30m_tokens'],
  '30m cache writes': () => ['input_tokens', 'input_cache_write_tokens', 'input_cache_write_30m_tokens'],
  '12h cache writes': () => ['input_tokens', 'input_cache_write_tokens', 'input_cache_write_12h_tokens'],
  output: (medium) => ['output_tokens', `output_${medium}_tokens`],
};

/** How the usage endpoints see a line item of tokens. */
export interface TokenItem {
  endpoint: 'completions' | 'embeddings';
  model: string;
  service_tier: string;
  /** The metrics that its tokens are added to. */
  metrics: string[];
  /** Whether such requests can be sent in batches. */
  batchable: boolean;
}

const read = new Map<string, TokenItem | null>();

/** null for a line item that is not one of tokens, or that no usage endpoint knows. */
export function tokenItem(lineItem: string): TokenItem | null {
  // A large organization has a hundred facts of each.
  let item = read.get(lineItem);
  if (item === undefined) {
    item = readItem(lineItem);
    read.set(lineItem, item);
  }
  return item;
}

function readItem(lineItem: string): TokenItem | null {
  const embeddings = EMBEDDINGS.exec(lineItem)?.[1];
  if (embeddings) {
    const metrics = ['input_tokens'];
    return { endpoint: 'embeddings', model: usageModel(embeddings), service_tier: '', metrics, batchable: false };
  }
  const { tier, model = WITHOUT_USAGE, medium = 'text', kind = '' } = TOKENS.exec(lineItem)?.groups ?? {};
  if (model === WITHOUT_USAGE) return null;
  return {
    endpoint: 'completions',
    model: usageModel(model),
    service_tier: tier ?? 'default',
    metrics: counters[kind.replace('_', ' ')]?.(medium) ?? [],
    batchable: tier === undefined && !/audio|image|realtime/.test(model),
  };
}

/** Some API keys send a part of their requests in batches. */
export const sendsBatches = (apiKey: string | null): boolean => apiKey !== null && hash(`${apiKey}/batch`) % 3 === 0;
