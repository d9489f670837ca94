import type { Example, Examples } from '#api/openapi/examples.ts';
import { type ProblemBody, problemBody } from '#api/problem/problem.ts';
import type { ProblemCode } from '#api/problem/problems.ts';
import { viewIdOf } from '#api/routes/views/saved-view.ts';
import { EXAMPLE_VIEW, type ExampleRequest, type RefusedRequest, requestsOf, type Subject } from './requests.ts';
import { beginning, type Names, stable } from './stable.ts';

/** Sends a request to the API, with a valid token unless `init` has another. */
export type Fetch = (path: string, init?: RequestInit) => Promise<Response>;
/** The part of an OpenAPI document that is used here. */
type Operation = { operationId: string; parameters?: { in: string; name: string }[] };
export type Description = { paths: Record<string, Record<string, Operation>> };
type Described = { method: string; path: string; operation: Operation };

/** The operations in an order that works: connecting is first, disconnecting last, and a budget is there before the syncs that judge it. */
export function operationsOf({ paths }: Description): Described[] {
  const all = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const rank = ({ operation: { operationId } }: Described) =>
    ({ createIntegration: 0, createBudget: 1, deleteChannel: 3, deleteIntegration: 4 })[operationId] ?? 2;
  return all.sort((a, b) => rank(a) - rank(b));
}

/** Records one request of an operation and its response. @throws Error when the response is a problem */
export async function recordOperation(
  fetchApi: Fetch,
  { method, path, operation }: Described,
  subject: Subject,
  names: Names,
): Promise<Example> {
  const { operationId, parameters = [] } = operation;
  const request: ExampleRequest = requestsOf(subject)[operationId] ?? {};
  const ids = {
    integration_id: subject.integrationId,
    attempt_id: subject.attemptId,
    budget_id: subject.budgetId,
    alert_id: subject.alertId,
    channel_id: subject.channelId,
    view_id: viewIdOf(EXAMPLE_VIEW.name),
    ...request.path,
  };
  const taken = <T>(where: string, values: Record<string, T>) =>
    Object.fromEntries(
      Object.entries(values).filter(([name]) => parameters.some((each) => each.in === where && each.name === name)),
    );
  const inPath = taken('path', ids);
  const inQuery = taken('query', request.query ?? {});
  const query = new URLSearchParams(
    Object.entries(inQuery).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, String(each)]),
    ),
  );
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => inPath[name] ?? name);
  const response = await fetchApi(query.size > 0 ? `${url}?${query}` : url, {
    method,
    headers: {
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
      ...(request.idempotencyKey && { 'idempotency-key': request.idempotencyKey }),
    },
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
  });
  if (!response.ok) throw new Error(`${method} ${url} responded with ${response.status}: ${await response.text()}`);
  const media_type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const body = /[/+]json$/.test(media_type) ? await response.json() : await beginning(response);
  const example = { path: inPath, query: inQuery, ...(request.body !== undefined && { body: request.body }) };
  return stable({ ...example, status: response.status, media_type, response: body }, names) as Example;
}

/** Records requests that are refused. @throws Error when one is not, or with another code */
export async function recordProblems(fetchApi: Fetch, requests: readonly RefusedRequest[], names: Names) {
  const found: Partial<Record<ProblemCode, ProblemBody>> = {};
  for (const { code, method = 'GET', path, init = {} } of requests) {
    const body = problemBody.parse(await (await fetchApi(path, { method, ...init })).json());
    if (body.code !== code) throw new Error(`${method} ${path} is refused as ${body.code}, not as ${code}`);
    found[code] = stable(body, names) as ProblemBody;
  }
  return found satisfies Examples['problems'];
}
