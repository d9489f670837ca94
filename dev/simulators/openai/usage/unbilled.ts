import type { Day } from '../arithmetic/day.ts';
import { randomFrom } from '../arithmetic/random.ts';
import { requestsOn, type SpendOptions, shardsOf } from '../bill/facts.ts';
import { apiSourceOf, type Workload } from '../bill/workloads.ts';
import { isQuiet } from '../organization/calendar.ts';
import { apiKeyIdOf, userOf } from '../organization/organization.ts';
import type { UsageEndpoint } from './usage-catalog.ts';
import type { Metrics, Tally } from './usage-tally.ts';

/** Use that is on no bill: what is free, and what is within an allowance. */
interface Unbilled extends Omit<Workload, 'product'> {
  endpoint: UsageEndpoint;
  model?: string;
  metrics(requests: number): Metrics;
}

const moderations = (model: string): Pick<Unbilled, 'endpoint' | 'model' | 'metrics'> => ({
  endpoint: 'moderations',
  model,
  metrics: (requests) => ({ input_tokens: requests * 180, num_model_requests: requests }),
});

const unbilled: Unbilled[] = [
  {
    ...{ project: 'support', apiKey: 'support-production', user: 'svc-support', requests: 6100, weekend: 0.55 },
    ...moderations('omni-moderation-latest'),
  },
  {
    ...{ project: 'copilot', apiKey: 'copilot-production', user: 'svc-copilot', requests: 2400, weekend: 0.35 },
    ...moderations('omni-moderation-2024-09-26'),
  },
  {
    ...{ project: 'research', apiKey: null, user: 'tomas', requests: 45, weekend: 0.2 },
    endpoint: 'completions',
    model: 'codex-mini-latest',
    metrics: (requests) => ({
      input_tokens: requests * 11_000,
      input_cached_tokens: requests * 8000,
      input_cached_text_tokens: requests * 8000,
      input_uncached_tokens: requests * 3000,
      input_text_tokens: requests * 3000,
      output_tokens: requests * 900,
      output_text_tokens: requests * 900,
      num_model_requests: requests,
    }),
  },
  {
    // Free while it is in beta.
    ...{ project: 'support', apiKey: 'support-decisions', user: 'svc-support', requests: 240, weekend: 0.4 },
    endpoint: 'decisions',
    model: 'gpt-6-astra',
    metrics: (requests) => ({
      input_tokens: requests * 2400,
      input_uncached_tokens: requests * 900,
      input_text_tokens: requests * 900,
      input_cache_write_tokens: requests * 1500,
      input_cache_write_12h_tokens: requests * 1500,
      output_tokens: requests * 60,
      output_text_tokens: requests * 60,
      num_model_requests: requests,
    }),
  },
  {
    // The first GiB is free.
    ...{ project: 'support', apiKey: null, user: null, requests: 600, weekend: 1 },
    endpoint: 'vector_stores',
    metrics: (mebibytes) => ({ usage_bytes: Math.min(mebibytes, 1000) * 1024 ** 2 }),
  },
];

/** What was used on a day, or in the first `share` of it, and not paid for. */
export function tallyUnbilled(day: Day, share: number, spend: SpendOptions, tally: Tally): void {
  if (isQuiet(day)) return;
  const { seed, organization, factsPerDay } = spend;
  for (const [index, use] of unbilled.entries()) {
    const shards = shardsOf(use, factsPerDay);
    for (let shard = 0; shard < shards; shard++) {
      const random = randomFrom(`${seed}/${day}/unbilled/${index}/${shard}`);
      const stock = use.endpoint === 'vector_stores';
      const requests = Math.round((requestsOn(day, use, random) / shards) * (stock ? 1 : share));
      const dimensions = {
        project_id: (use.project && organization.projects.get(use.project)?.id) ?? null,
        user_id: use.user && userOf(organization, use.user, shard).id,
        api_key_id: use.apiKey && apiKeyIdOf(organization, use.apiKey, shard),
        model: use.model ?? null,
        batch: false,
        service_tier: 'default',
        api_source: apiSourceOf(use.apiKey),
      };
      tally.add(use.endpoint, dimensions, use.metrics(requests));
    }
  }
}
