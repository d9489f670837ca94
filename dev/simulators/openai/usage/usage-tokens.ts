import type { Fact } from '../bill/facts.ts';
import { sendsBatches, tokenItem } from './usage-line-item.ts';
import { requestsOf, wholeUnits } from './usage-quantity.ts';
import { type Dimensions, type Metrics, split, type Tally } from './usage-tally.ts';

interface Call {
  dimensions: Dimensions;
  metrics: Metrics;
  requests: number;
}

/** Completions and embeddings. The tokens are those of the day's bill, to the last one. */
export function tallyTokens(facts: readonly Fact[], tally: Tally): void {
  const calls = { completions: new Map<string, Call>(), embeddings: new Map<string, Call>() };
  for (const fact of facts) {
    const item = tokenItem(fact.line_item);
    if (!item) continue;
    const { project_id, user_id, api_key_id, api_source } = fact;
    const { endpoint, model, service_tier } = item;
    const tokens = wholeUnits(fact.quantity);
    const batched = item.batchable && sendsBatches(api_key_id);
    for (const [i, part] of split(tokens, batched ? [3, 7] : [0, 1]).entries()) {
      if (part === 0) continue;
      const batch = i === 0;
      const key = `${project_id} ${user_id} ${api_key_id} ${model} ${service_tier} ${batch} ${api_source}`;
      let call = calls[endpoint].get(key);
      if (!call) {
        call = {
          dimensions: { project_id, user_id, api_key_id, model, batch, service_tier, api_source },
          metrics: {},
          requests: 0,
        };
        calls[endpoint].set(key, call);
      }
      for (const metric of item.metrics) call.metrics[metric] = (call.metrics[metric] ?? 0) + part;
      // A request is on several lines of the bill.
      call.requests = Math.max(call.requests, Math.ceil((requestsOf(fact) * part) / tokens));
    }
  }
  for (const endpoint of ['completions', 'embeddings'] as const) {
    for (const { dimensions, metrics, requests } of calls[endpoint].values()) {
      tally.add(endpoint, dimensions, { ...metrics, num_model_requests: requests });
    }
  }
}
