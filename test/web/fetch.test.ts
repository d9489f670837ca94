import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { type Api, ApiError } from '#web/src/api/client.ts';
import { fetchAllPages } from '#web/src/api/fetch-all-pages.ts';
import { refetchAfter } from '#web/src/api/retry.ts';
import { askAgain } from '#web/src/integrations/use-integrations.ts';

const page = (revision: string, next_cursor: string | null) =>
  new Response(JSON.stringify({ data: [revision], next_cursor, revision }));

test('pages whose data keep changing are fetched anew at most twice, then it is said', async () => {
  let asked = 0;
  const api: Api = async () => page(String(++asked), 'more');
  await expect(fetchAllPages(api, '/v1/costs?a=b')).rejects.toThrow('The costs change faster than they can be read');
  expect(asked).toBe(6);
});

test('pages of one state are one response, also after a change', async () => {
  const pages = [page('1', 'more'), page('2', null), page('2', 'more'), page('2', null)];
  const api: Api = async () => pages.shift() as Response;
  expect(await fetchAllPages(api, '/v1/costs?a=b')).toMatchObject({ data: ['2', '2'], next_cursor: null });
});

const failed = (status: number, retryAfter = 0, errorUpdateCount = 1) => ({
  state: { status: 'error', errorUpdateCount, error: new ApiError({ status, title: '', detail: '' }, retryAfter) },
});

test.each([
  ['an outage after a while', failed(0), 2000],
  ['an outage later each time, at most 10 s apart', failed(503, 0, 9), 10_000],
  ['a rate limit when the API wants it', failed(429, 30_000), 30_000],
  ['a refused request never', failed(400), false],
  ['what has not failed as it is polled', { state: { status: 'success' } }, 7],
] as const)('fetches again %s', (_what, query, expected) => {
  expect(refetchAfter(query as unknown as Parameters<typeof refetchAfter>[0], 7)).toBe(expected);
});

test.each([
  ['the first request', 'goes on in a backfill', { stale: undefined, isFilling: true, shown: 'before' }],
  ['the first request', 'is given up else', { stale: undefined, isFilling: false, shown: 'after' }],
  ['a later request', 'goes on in a backfill', { stale: 'stale', isFilling: true, shown: 'before' }],
  ['a later request', 'is given up else', { stale: 'stale', isFilling: false, shown: 'after' }],
])('%s that began before new days arrived %s', async (_which, _what, { stale, isFilling, shown }) => {
  const client = new QueryClient();
  const began = Promise.withResolvers<string>();
  const responses = [began.promise, Promise.resolve('after')];
  const costs = new QueryObserver(client, {
    queryKey: ['/v1/costs'],
    queryFn: () => responses.shift() as Promise<string>,
    initialData: stale,
  });
  const end = costs.subscribe(() => {});
  const asked = askAgain(client, isFilling);
  began.resolve('before');
  await asked;
  expect(costs.getCurrentResult()).toMatchObject({ data: shown, isFetching: false });
  end();
});
