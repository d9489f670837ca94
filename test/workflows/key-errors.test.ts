import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ simulator: { factsPerDay: 25, knobs: { lookbackDays: 20 } } });
});
afterAll(() => stack.stop());

const connect = (admin_key: unknown) => stack.sendKey(admin_key);
const credentials = () =>
  stack.warehouse.query({ name: 'credentials', sql: 'SELECT credential_id FROM credentials', row: z.unknown() });

test.each([
  ['a project key', 'sk-proj-abcdefghijklmnopqrstuvwxyz', /one project/],
  ['something else', 'hello', /sk-admin-/],
  ['a key with a line break inside', 'sk-admin-abc\ndef', /sk-admin-/],
  ['the prefix alone', 'sk-admin-', /incomplete/],
  ['a placeholder', 'sk-admin-…', /incomplete/],
])('%s is refused without a request to OpenAI', async (_name, key, detail) => {
  const before = stack.simulator.requests.length;
  const { status, body } = await connect(key);
  expect([status, body.code]).toEqual([422, 'not_an_admin_key']);
  expect(body.detail).toMatch(detail);
  expect(stack.simulator.requests).toHaveLength(before);
});

test('a wrong key is rejected, with the remedy, and forgotten', async () => {
  const { status, body } = await connect(stack.simulator.keys.wrong);
  expect([status, body.code]).toEqual([422, 'key_rejected']);
  expect(body.detail).toMatch(/new Admin key/);
  await expect.poll(credentials).toEqual([]);
});

test('a key without the scope says which is missing', async () => {
  const { status, body } = await connect(stack.simulator.keys.restricted);
  expect([status, body.code]).toEqual([422, 'scope_missing']);
  expect(body.detail).toMatch(/api\.usage\.read/);
});

test('an outage of OpenAI is not the key’s fault, and the key connects after it', async () => {
  stack.simulator.knobs.outage = true;
  const { status, body } = await connect(stack.simulator.keys.admin);
  expect([status, body.code]).toEqual([503, 'provider_unavailable']);
  expect(body.detail).toMatch(/nothing about the key/);
  await expect.poll(credentials).toEqual([]);

  stack.simulator.knobs.outage = false;
  await stack.connect(stack.simulator.keys.admin);
});

test('a slow OpenAI is a 202 that ends with the integration', async () => {
  // Longer than the request waits, and than a check used to be given.
  stack.simulator.knobs.latencyMs = 16_000;
  const { second } = stack.simulator.keys;
  const accepted = await stack.api('/v1/integrations', { admin_key: second });
  expect([accepted.status, accepted.body.status]).toEqual([202, 'validating']);
  await expect
    .poll(async () => (await stack.api(String(accepted.body.status_url))).status, { timeout: 120_000 })
    .toBe(201);
  stack.simulator.knobs.latencyMs = 0;
  await stack.untilQuiet();
});

test('a key that may not list projects connects all the same, with names from the cost rows', async () => {
  await stack.connect(stack.simulator.keys.withoutProjects);
  const { body } = await stack.api<{ data: { project_id: string; project_name: string }[] }>('/v1/projects');
  expect(body.data.length).toBeGreaterThan(3);
  for (const { project_id, project_name } of body.data) expect(project_name).not.toBe(project_id);
});

test.each([
  ['no key', {}, '/admin_key'],
  ['a number', { admin_key: 5 }, '/admin_key'],
  ['an unknown field', { admin_key: 'sk-admin-a', tenant_id: 'other' }, '/tenant_id'],
])('%s is refused by the field’s name', async (_name, body, pointer) => {
  const answer = await stack.api<{ errors: { pointer: string }[] }>('/v1/integrations', body);
  expect(answer.status).toBe(400);
  expect(answer.body.errors.map((error) => error.pointer)).toEqual([pointer]);
});

test('an organization of another region is connected and read at the host that OpenAI names', async () => {
  const { knobs, keys } = stack.simulator;
  knobs.regionHost = 'eu.api.openai.com';
  const id = await stack.connect(keys.idle);
  await stack.untilQuiet();
  const [found] = await stack.warehouse.query({
    name: 'host',
    sql: 'SELECT host, status FROM integration_records FINAL WHERE integration_id = {id: String}',
    params: { id },
    row: z.object({ host: z.string(), status: z.string() }),
  });
  expect(found).toEqual({ host: 'eu.api.openai.com', status: 'connected' });
  knobs.regionHost = '';
});
