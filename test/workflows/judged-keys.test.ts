import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readCredential, storeCredential } from '#clickhouse/integrations/credentials.ts';
import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { createSealer } from '#credentials/sealing.ts';
import { addDays } from '#domain/day.ts';
import {
  COUNTRY_UNSUPPORTED,
  IP_NOT_AUTHORIZED,
  KEY_EXPIRED,
  KEY_REJECTED,
  PROJECT_ARCHIVED,
  WRONG_REGION,
} from '../fixtures/refusals.ts';
import { startScheduled } from '../support/scheduled-run.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

const COSTS = '/organization/costs';
const range = { from: addDays(TODAY, -3), to: addDays(TODAY, 1) };

let stack: Stack;
let id: string;
beforeAll(async () => {
  stack = await startStack({ impatient: true, simulator: { factsPerDay: 3 }, historyDays: 8 });
  id = await stack.connect(stack.simulator.keys.admin);
  await stack.untilQuiet();
});
afterAll(() => stack.stop());
beforeEach(() => {
  stack.simulator.knobs.replies = {};
});

/** Triggers the schedule as ops would, waits for the run, and returns how it ended. */
async function sync(): Promise<string> {
  const handle = await startScheduled(stack.temporal, { tenant_id: stack.tenantId, integration_id: id });
  await handle.result().catch(() => {});
  return (await handle.describe()).status.name;
}
const view = async () => (await stack.api(`/v1/integrations/${id}`)).body;
const total = async () => (await stack.api(`/v1/costs?from=${range.from}&to=${range.to}`)).body.total;

test.each([
  ['another region', WRONG_REGION, 'wrong_region', /us\.api\.openai\.com.*OPENAI_BASE_URL/],
  ['a network', IP_NOT_AUTHORIZED, 'network_refused', /allow-list/],
  ['a country', COUNTRY_UNSUPPORTED, 'country_unsupported', /country/],
  ['an expired key', KEY_EXPIRED, 'key_expired', /new Admin key/],
])('at connect, %s is told as such', async (_case, reply, code, detail) => {
  stack.simulator.knobs.replies = { [COSTS]: reply };
  const { status, body } = await stack.sendKey(stack.simulator.keys.second);
  expect([status, body.code]).toEqual([422, code]);
  expect(body.detail).toMatch(detail);
  if (code !== 'key_expired') expect(`${body.title} ${body.detail}`).not.toMatch(/revoked|copied/);
});

test('at connect, a single refusal of a good key is not believed', async () => {
  stack.simulator.knobs.replies = { [COSTS]: { ...WRONG_REGION, times: 1 } };
  expect((await stack.sendKey(stack.simulator.keys.second)).status).toBe(201);
  await stack.untilStatus(id, 'connected');
  await stack.untilQuiet();
});

test('lists of names that are refused stop nothing', async () => {
  const [project] = await projectIds();
  stack.simulator.knobs.replies = {
    '/organization/users': WRONG_REGION,
    [`/organization/projects/${project}/api_keys`]: PROJECT_ARCHIVED,
  };
  expect(await sync()).toBe('COMPLETED');
  expect(await view()).toMatchObject({ status: 'connected', problem: null });
  stack.simulator.knobs.replies = { '/organization/projects': KEY_REJECTED };
  expect(await sync()).toBe('COMPLETED');
  expect(await view()).toMatchObject({ status: 'connected', problem: null });
});

async function projectIds(): Promise<string[]> {
  const { body } = await stack.api<{ data: { project_id: string }[] }>('/v1/projects');
  return body.data.map(({ project_id }) => project_id);
}

test.each([
  ['0', { 'retry-after': '0' }],
  ['in the past', { 'retry-after': 'Sat, 01 Aug 2020 11:00:00 GMT' }],
  ['nonsense', { 'retry-after': 'soon' }],
])('a rate limit whose Retry-After is %s is a short delay', async (_case, headers) => {
  const body = { error: { message: 'Rate limit reached', type: 'requests', param: null, code: 'rate_limit_exceeded' } };
  stack.simulator.knobs.replies = { [COSTS]: { status: 429, body, headers, times: 2 } };
  expect(await sync()).toBe('COMPLETED');
});

test('a network that OpenAI refuses is told, and is over once it does not', async () => {
  stack.simulator.restateRecent();
  stack.simulator.knobs.replies = { [COSTS]: IP_NOT_AUTHORIZED };
  expect(await sync()).toBe('FAILED');
  expect(await view()).toMatchObject({ status: 'connected', problem: { code: 'network_refused' } });
  stack.simulator.knobs.replies = {};
  expect(await sync()).toBe('COMPLETED');
  expect(await view()).toMatchObject({ status: 'connected', problem: null });
  expect(await total()).toBe(stack.simulator.truth.total(range.from, range.to));
});

test('a key that the workers cannot open is told, and is over once they can', async () => {
  const record = await readIntegration(stack.warehouse, { tenant_id: stack.tenantId, integration_id: id });
  const credential = { tenant_id: stack.tenantId, credential_id: record?.credential_id ?? '' };
  const sealed = await readCredential(stack.warehouse, credential);
  if (!sealed) throw new Error('not stored');
  const other = await (await createSealer(generateKeyPair().publicKey)).seal('sk-admin-x', credential);
  await storeCredential(stack.warehouse, credential, other);
  expect(await sync()).toBe('FAILED');
  expect(await view()).toMatchObject({ status: 'connected', problem: { code: 'key_unreadable' } });
  await storeCredential(stack.warehouse, credential, sealed);
  expect(await sync()).toBe('COMPLETED');
  expect(await view()).toMatchObject({ problem: null });
});

test('a stopped integration tries its key by one request, and goes on once OpenAI accepts it', async () => {
  stack.simulator.knobs.replies = { [COSTS]: KEY_REJECTED };
  expect(await sync()).toBe('FAILED');
  expect(await stack.untilStatus(id, 'action_required')).toMatchObject({ problem: { code: 'key_rejected' } });
  await expect.poll(async () => (await view()).next_sync_at).not.toBeNull();

  const before = stack.simulator.requests.length;
  expect(await sync()).toBe('COMPLETED');
  expect(stack.simulator.requests.slice(before).map(({ path }) => path)).toEqual([`/v1${COSTS}`]);
  expect(await view()).toMatchObject({ status: 'action_required' });
  // Another reason is told, too.
  stack.simulator.knobs.replies = { [COSTS]: KEY_EXPIRED };
  await sync();
  expect(await view()).toMatchObject({ status: 'action_required', problem: { code: 'key_expired' } });

  stack.simulator.restateRecent();
  stack.simulator.knobs.replies = {};
  expect(await sync()).toBe('COMPLETED');
  expect(await view()).toMatchObject({ status: 'connected', problem: null });
  expect(await total()).toBe(stack.simulator.truth.total(range.from, range.to));
});

test('a sync that is requested by hand tries the key again', async () => {
  stack.simulator.knobs.replies = { [COSTS]: KEY_REJECTED };
  await sync();
  await stack.untilStatus(id, 'action_required');
  stack.simulator.restateRecent();
  stack.simulator.knobs.replies = {};
  const { status } = await stack.api(`/v1/integrations/${id}/syncs`, range);
  expect(status).toBe(202);
  await stack.untilStatus(id, 'connected');
  await stack.untilQuiet();
  expect(await total()).toBe(stack.simulator.truth.total(range.from, range.to));
});
