import type { Example } from '#api/openapi/examples.ts';
import type { ProblemCode } from '#api/problem/problems.ts';

/** What the requests refer to: an integration, an attempt to connect, and the last month that has ended. */
export type Subject = {
  adminKey: string;
  restrictedKey: string;
  integrationId: string;
  attemptId: string;
  budgetId: string;
  channelId: string;
  /** Of an alert that the budget has raised; '' before that. */
  alertId: string;
  month: { from: string; to: string };
  /** The address of what receives webhooks. */
  receiver: string;
};
export type ExampleRequest = Partial<Pick<Example, 'path' | 'query' | 'body'>> & { idempotencyKey?: string };

/** Names what an example creates, so that those after it find it. */
export const EXAMPLE_KEY = 'example';

/** What the page saves; later examples find it. */
export const EXAMPLE_VIEW = { name: 'Models, week by week', query: 'range=90d&by=model&granularity=week' };

/**
 * The requests of operations whose defaults would show too little; all others are sent with their defaults. Values of
 * parameters that an operation does not have are left out.
 */
export function requestsOf({ adminKey, month, receiver }: Subject): Record<string, ExampleRequest> {
  const shortly = { ...month, limit: 3 };
  const budget = { name: 'Models of OpenAI', amount: '5000', filters: { service: ['completions'] } };
  const channel = { name: 'Ops', alert_kinds: ['budget', 'anomaly'] };
  const secrets = { url: receiver, signing_secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };
  return {
    createIntegration: { body: { admin_key: adminKey } },
    createSync: { body: month },
    createBudget: { body: budget, idempotencyKey: EXAMPLE_KEY },
    createChannel: { body: { kind: 'webhook', ...channel, ...secrets }, idempotencyKey: EXAMPLE_KEY },
    updateChannel: { body: channel },
    updateBudget: { body: { ...budget, amount: '6000' } },
    createView: { body: EXAMPLE_VIEW },
    getCosts: { query: { ...shortly, group_by: ['project_id', 'model'], compare: 'previous_period' } },
    getUsage: { query: { ...shortly, group_by: ['model'] } },
    listDimensionValues: { path: { name: 'project_id' }, query: shortly },
    updateAnomalySettings: { body: { sensitivity: 'high', minimum: '50', muted: [] } },
    listAuditEvents: { query: { limit: 3 } },
    exportRows: { path: { dataset: 'costs' }, query: { ...month, format: 'csv' } },
  };
}

export type RefusedRequest = { code: ProblemCode; method?: string; path: string; init?: RequestInit };

/** Requests that are refused, each with the code of its problem. */
export function refusedRequests({ restrictedKey }: Subject): RefusedRequest[] {
  const post = (body: string, type = 'application/json') => ({
    method: 'POST',
    path: '/v1/integrations',
    init: { headers: { 'content-type': type }, body },
  });
  const connect = (admin_key: string) => post(JSON.stringify({ admin_key }));
  return [
    { code: 'invalid_request', path: '/v1/costs?from=yesterday&colour=red' },
    { code: 'invalid_json', ...post('{"admin_key": ') },
    { code: 'unauthorized', path: '/v1/costs', init: { headers: { authorization: '' } } },
    { code: 'not_found', path: '/v1/integrations/openai-0000000000000000' },
    { code: 'method_not_allowed', method: 'PUT', path: '/v1/costs' },
    { code: 'body_too_large', ...connect('a'.repeat(20_000)) },
    { code: 'unsupported_media_type', ...post('admin_key=sk-admin-1', 'application/x-www-form-urlencoded') },
    { code: 'not_an_admin_key', ...connect('sk-proj-1') },
    { code: 'key_rejected', ...connect('sk-admin-revoked') },
    { code: 'scope_missing', ...connect(restrictedKey) },
  ];
}

/** The same for an integration that is disconnected. */
export function refusedAtTheEnd({ integrationId, month }: Subject): RefusedRequest[] {
  const init = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(month) };
  return [{ code: 'action_required', method: 'POST', path: `/v1/integrations/${integrationId}/syncs`, init }];
}
