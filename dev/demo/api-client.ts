import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { Problem } from '../cli/user-error.ts';

const integration = z.object({
  id: z.string(),
  organization: z.object({ id: z.string(), name: z.string() }),
  status: z.enum(['backfilling', 'connected', 'action_required', 'disconnected']),
  problem: z.object({ code: z.string(), title: z.string(), detail: z.string() }).nullable(),
  progress: z.object({ days_done: z.number(), days_total: z.number() }),
  coverage: z.object({
    from: z.string(),
    to: z.string(),
    days: z.number(),
    facts: z.number(),
    missing_days: z.number(),
  }),
  reconciliation: z.object({
    ours: z.string(),
    theirs: z.string(),
    difference: z.string(),
    agrees: z.boolean().nullable(),
  }),
});
export type Integration = z.infer<typeof integration>;

const refusal = z.object({ title: z.string(), detail: z.string(), code: z.string() });

const pending = z.object({ status_url: z.string() });
const group = z.object({ amount: z.string() }).catchall(z.string().nullable());
const costs = z.object({ data: z.array(group), total: z.string() });
export type Costs = z.infer<typeof costs>;

/** Our own API, as the page uses it. An answer that is not one of success becomes a Problem with its reason. */
export type ApiClient = {
  /** Connects a key and answers once it is checked. */
  connect: (adminKey: string) => Promise<Integration>;
  integration: (id: string) => Promise<Integration>;
  /** What an integration's whole history cost: by month in order, by anything else dearest first. */
  costs: (integration: Integration, by: 'month' | 'project_id' | 'model' | 'token_type') => Promise<Costs>;
};

export function createApiClient(api: string, token: string, signal: AbortSignal): ApiClient {
  async function call<T>(shape: z.ZodType<T>, path: string, body?: object): Promise<T> {
    const response = await fetch(`${api}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
      signal,
    }).catch(async () => {
      // Where the API died, the signal says so, a moment after the connection did.
      await delay(1_000, undefined, { signal }).catch(() => {});
      signal.throwIfAborted();
      throw new Problem(`The API at ${api} does not answer.`);
    });
    const answer: unknown = await response.json();
    if (response.ok) return shape.parse(answer);
    const { title, detail, code } = refusal.parse(answer);
    throw new Problem(`The API answered ${response.status}, ${code}: ${title}. ${detail}`);
  }

  return {
    async connect(adminKey) {
      const checked = z.union([integration, pending]);
      let answer = await call(checked, '/v1/integrations', { admin_key: adminKey });
      // Each of these waits, at the API's side, for as long as a request may take.
      while ('status_url' in answer) answer = await call(checked, answer.status_url);
      return answer;
    },
    integration: (id) => call(integration, `/v1/integrations/${id}`),
    costs({ id, coverage: { from, to } }, by) {
      const division = by === 'month' ? { granularity: by } : { group_by: by };
      return call(costs, `/v1/costs?${new URLSearchParams({ from, to, ...division, integration_id: id })}`);
    },
  };
}
