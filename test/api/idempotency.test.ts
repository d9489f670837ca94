import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '#domain/day.ts';
import { awayTemporal } from '../support/away-temporal.ts';
import { serveApi } from '../support/serve-api.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

const range = { from: addDays(TODAY, -3), to: addDays(TODAY, -1) };
const otherRange = { from: addDays(TODAY, -5), to: addDays(TODAY, -1) };

let stack: Stack;
let id: string;
beforeAll(async () => {
  stack = await startStack({ simulator: { factsPerDay: 3, knobs: { lookbackDays: 20 } } });
  id = await stack.connect(stack.simulator.keys.admin);
  await stack.untilQuiet();
});
afterAll(() => stack.stop());

type Answer = { workflow_id: string; code?: string };
async function sync(body: object, key?: string) {
  const response = await fetch(`${stack.url}/v1/integrations/${id}/syncs`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stack.token}`,
      'content-type': 'application/json',
      ...(key && { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer };
}

/** How many syncs have run: each requests a range's costs from OpenAI twice, grouped and ungrouped. */
const syncsRun = () => stack.simulator.requests.filter(({ path }) => path.endsWith('/organization/costs')).length / 2;

test('with a key, a repeated request is the same sync, even after it has ended', async () => {
  const before = syncsRun();
  const first = await sync(range, 'monday');
  expect(first.status).toBe(202);
  await stack.untilQuiet();
  expect(await sync(range, 'monday')).toEqual(first);
  await stack.untilQuiet();
  expect(syncsRun() - before).toBe(1);
  expect(first.body.workflow_id).not.toContain('monday');
});

test('concurrent requests with one key are one sync', async () => {
  const before = syncsRun();
  const results = await Promise.all(Array.from({ length: 5 }, () => sync(range, 'at once')));
  expect(new Set(results.map((response) => JSON.stringify(response))).size).toBe(1);
  expect(results[0]?.status).toBe(202);
  await stack.untilQuiet();
  expect(syncsRun() - before).toBe(1);
});

test('of two concurrent requests with different ranges, one runs and the other is refused', async () => {
  const results = await Promise.all([range, otherRange].map((body) => sync(body, 'torn')));
  expect(results.map(({ status }) => status).sort()).toEqual([202, 422]);
  await stack.untilQuiet();
});

test('a key belongs to one request', async () => {
  await sync(range, 'mine');
  expect(await sync(otherRange, 'mine')).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  await stack.untilQuiet();
  expect(await sync(otherRange, 'mine')).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  expect(await sync(otherRange, 'another')).toMatchObject({ status: 202 });
  expect((await sync(range, 'x'.repeat(256))).status).toBe(400);
  await stack.untilQuiet();
});

test('without a key, a sync that has ended runs again', async () => {
  const before = syncsRun();
  const first = await sync(range);
  await stack.untilQuiet();
  expect(await sync(range)).toEqual(first);
  await stack.untilQuiet();
  expect(syncsRun() - before).toBe(2);
});

test('connecting with the same Admin key again gives the same integration', async () => {
  const again = await stack.sendKey(stack.simulator.keys.admin);
  expect([again.status, again.body.id]).toEqual([201, id]);
  await stack.untilQuiet();
});

test('without Temporal, the problem comes soon', async () => {
  const { url, headers, close } = await serveApi(stack.warehouse, awayTemporal(), stack.tenantId);
  const response = await fetch(`${url}/v1/integrations/${id}/syncs`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': 'away' },
    body: JSON.stringify(range),
    signal: AbortSignal.timeout(60_000),
  });
  expect([response.status, await response.json()]).toMatchObject([503, { code: 'temporal_unavailable' }]);
  expect(response.headers.get('retry-after')).toBe('5');
  await close();
});

test('after a disconnect a repeated request still succeeds, and a new one does not', async () => {
  const first = await sync(range, 'before');
  await stack.untilQuiet();
  expect(await stack.disconnect(id)).toBe(200);
  expect(await sync(range, 'before')).toEqual(first);
  expect(await sync(range, 'after')).toMatchObject({ status: 409, body: { code: 'action_required' } });
});
