import { setTimeout as delay } from 'node:timers/promises';
import type { ProblemBody } from '#api/problem/problem.ts';
import type { Costs as ApiCosts } from '#api/routes/costs/get-costs.ts';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { UserError } from '../cli/user-error.ts';

/** What the demo uses of the API's responses. */
export type Integration = Pick<
  IntegrationView,
  'id' | 'organization' | 'status' | 'problem' | 'progress' | 'coverage' | 'reconciliation'
>;
type Dimension = 'project_id' | 'model' | 'token_type';
export type CostGroup = Pick<ApiCosts['data'][number], 'amount'> &
  Partial<Pick<ApiCosts['data'][number], 'period' | 'project_name' | Dimension>>;
export type Costs = { data: CostGroup[]; total: string };

/** The product's API. A response that is a problem is thrown as a UserError with its reason. */
export type ApiClient = {
  /** Connects a key; resolves once the key is checked. */
  connect: (adminKey: string) => Promise<Integration>;
  integration: (id: string) => Promise<Integration>;
  /** The costs of an integration's whole history: by month in order, by a dimension highest cost first. */
  costs: (integration: Integration, by: 'month' | Dimension) => Promise<Costs>;
};

export function createApiClient(api: string, token: string, signal: AbortSignal): ApiClient {
  async function call<T>(path: string, body?: object): Promise<T> {
    const response = await fetch(`${api}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
      signal,
    }).catch(async () => {
      // If the API died, the signal is aborted with the reason a moment after the connection broke.
      await delay(1_000, undefined, { signal }).catch(() => {});
      signal.throwIfAborted();
      throw new UserError(`The API at ${api} does not respond. Its log is in the data directory.`);
    });
    if (response.ok) return (await response.json()) as T;
    const { title, detail, code } = (await response.json()) as ProblemBody;
    throw new UserError(`The API responded with ${response.status}, ${code}: ${title}. ${detail}`);
  }

  return {
    async connect(adminKey) {
      let attempt = await call<Integration | { status_url: string }>('/v1/integrations', { admin_key: adminKey });
      // Each request waits at the API until the key is checked or the API's deadline has passed.
      while ('status_url' in attempt) attempt = await call(attempt.status_url);
      return attempt;
    },
    integration: (id) => call(`/v1/integrations/${id}`),
    async costs({ id, coverage: { from, to } }, by) {
      const division = by === 'month' ? { granularity: by } : { group_by: by };
      const query = new URLSearchParams({ from, to, ...division, integration_id: id });
      const { data, total } = await call<ApiCosts>(`/v1/costs?${query}`);
      if (total === null) throw new Error('The demo shows costs in one currency, and these are in several.');
      return { data, total };
    },
  };
}
