import { afterEach, expect, test, vi } from 'vitest';
import { createApi } from '#web/src/api/client.ts';
import { endEarly, sendEarly } from '#web/src/api/early-responses.ts';
import { firstPaths } from '#web/src/costs/data/first-paths.ts';

afterEach(() => vi.unstubAllGlobals());

/** Requests that never end, but where they are aborted. */
function serveNothing() {
  const signals: (AbortSignal | null | undefined)[] = [];
  vi.stubGlobal('fetch', (_path: string, { signal }: RequestInit) => {
    signals.push(signal);
    return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  });
  return signals;
}

test('what was sent early is not sent again, once, and only for its token', async () => {
  let sent = 0;
  vi.stubGlobal('fetch', async () => new Response(String(++sent)));
  sendEarly('mine', ['/v1/costs?a']);
  const textOf = async (token: string) => (await createApi(token, () => {})('/v1/costs?a')).text();
  expect(await textOf('other')).toBe('2');
  expect(await textOf('mine')).toBe('1');
  expect(await textOf('mine')).toBe('3');
});

test('an early request ends with the view that took it, or when nobody takes it', async () => {
  const signals = serveNothing();
  sendEarly('mine', ['/v1/costs?a', '/v1/costs?b']);
  const view = new AbortController();
  const taken = createApi('mine', () => {})('/v1/costs?a', { signal: view.signal });
  view.abort();
  await expect(taken).rejects.toThrow();
  expect(signals.map((signal) => signal?.aborted)).toEqual([true, false]);
  endEarly();
  expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
});

test('the first requests of an address are the month and the chart, with four weeks before', () => {
  expect(firstPaths('?project_id=a&range=7d', '2026-11-29')).toEqual([
    '/v1/costs/summary?exclude=top_movers%2Cunit_costs%2Creconciliation&project_id=a',
    '/v1/costs?from=2026-10-26&to=2026-11-30&group_by=project_id&granularity=day&limit=10000&project_id=a',
  ]);
});
