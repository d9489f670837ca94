import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addDays } from '#domain/day.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

const FROM = addDays(TODAY, -364);
const TO = addDays(TODAY, 1);

let stack: Stack;
let id: string;

beforeAll(async () => {
  stack = await startStack({ simulator: { factsPerDay: 50, knobs: { keysKnownSince: addDays(FROM, 9) } } });
  id = await stack.startConnecting(stack.simulator.keys.admin);
  // Only the backfill is patient with an OpenAI that fails now and then; and what is counted later is asked once.
  Object.assign(stack.simulator.knobs, { rate429: 0.05, rate5xx: 0.05 });
  await stack.untilQuiet();
  Object.assign(stack.simulator.knobs, { rate429: 0, rate5xx: 0 });
  expect(stack.simulator.requests.some(({ status }) => status === 429 || status >= 500)).toBe(true);
});
afterAll(() => stack.stop());

test('a connected organization has its name, all of its days and their facts', async () => {
  const failures: string[] = [];
  for await (const { workflowId, runId } of stack.temporal.workflow.list({ query: `ExecutionStatus = 'Failed'` })) {
    const result = stack.temporal.workflow.getHandle(workflowId, runId).result();
    failures.push(await result.then(String, (error) => String(error.cause)));
  }
  expect(failures).toEqual([]);
  const { organization } = stack.simulator;
  const { body } = await stack.api(`/v1/integrations/${id}`);
  expect(body).toMatchObject({
    id,
    organization,
    status: 'connected',
    problem: null,
    progress: { days_done: 365, days_total: 365 },
    coverage: { from: FROM, to: TO, days: 365, missing_days: 0 },
    reconciliation: { agrees: true, difference: '0' },
  });
  // Temporal says when, unless it takes longer than a reader waits.
  const next = async () => Date.parse(String((await stack.api(`/v1/integrations/${id}`)).body.next_sync_at));
  await expect.poll(next).toBeGreaterThan(Date.now());
  const listed = async () => (await stack.api('/v1/integrations')).body;
  const shown = async () => ({ data: [(await stack.api(`/v1/integrations/${id}`)).body] });
  await expect.poll(async () => isDeepStrictEqual(await listed(), await shown())).toBe(true);
});

test('totals equal OpenAI’s to the last digit, by API and by SQL', async () => {
  const total = stack.simulator.truth.total(FROM, TO);
  const divisions = ['project_id', 'model', 'token_type', 'service', 'line_item'].map((name) => `group_by=${name}`);
  for (const division of [...divisions, 'granularity=day', 'granularity=month&group_by=model']) {
    const { body } = await stack.api(`/v1/costs?from=${FROM}&to=${TO}&${division}`);
    expect(body).toMatchObject({ total, currency: 'usd', missing_days: [], synced_through: addDays(TODAY, -1) });
  }
  const perDay = await stack.warehouse.query({
    name: 'per day',
    sql: 'SELECT day, sum(amount) AS total FROM costs GROUP BY day ORDER BY day',
    row: z.object({ day: z.string(), total: z.string() }),
  });
  const truth = stack.simulator.truth.days(FROM, TO).filter(({ facts }) => facts.length > 0);
  expect(perDay).toEqual(truth.map(({ day, total }) => ({ day, total })));
});

test('every fact is there, as fine as OpenAI gives it', async () => {
  const rows = await stack.warehouse.query({
    name: 'facts',
    sql: 'SELECT day, length(items.line_item) AS facts, dropped_dimensions AS dropped FROM cost_days FINAL ORDER BY day',
    row: z.object({ day: z.string(), facts: z.coerce.number(), dropped: z.array(z.string()) }),
  });
  const truth = new Map(stack.simulator.truth.days(FROM, TO).map(({ day, facts }) => [day, facts.length]));
  const whole = rows.filter(({ dropped }) => dropped.length === 0);
  expect(whole.length).toBeGreaterThan(300);
  for (const { day, facts } of whole) expect([day, facts]).toEqual([day, truth.get(day)]);
  // Keys and users are refused for windows that begin before OpenAI kept them: only those days lack them.
  const { keysKnownSince } = stack.simulator.knobs;
  for (const { day, dropped } of rows) {
    expect([day, dropped]).toEqual([day, day < keysKnownSince ? ['api_key_id', 'user_id'] : []]);
  }
});

test('projects have the names that OpenAI lists, archived ones too', async () => {
  const { body } = await stack.api<{ data: { project_name: string; status: string }[] }>('/v1/projects');
  expect(body.data.length).toBeGreaterThan(3);
  expect(body.data.map(({ status }) => status)).toContain('archived');
  expect(body.data.every(({ project_name }) => project_name !== '')).toBe(true);
});

test('only OpenAI’s organization API was read, by GET', () => {
  const lists = String.raw`costs|projects|users|usage/\w+|admin_api_keys|projects/\w+/api_keys`;
  const read = new RegExp(`^/v1/(me|organization/(${lists}|(projects/\\w+/)?spend_(limit|alerts)))$`);
  for (const { method, path } of stack.simulator.requests) {
    expect(method).toBe('GET');
    expect(path).toMatch(read);
  }
});

test('the same key again is the same integration, and reads only what is missing', async () => {
  const before = stack.simulator.requests.length;
  expect(await stack.connect(stack.simulator.keys.admin)).toBe(id);
  await stack.untilQuiet();
  const read = stack.simulator.requests.slice(before).filter(({ path }) => path.endsWith('/costs'));
  // One to check the key; today, which is not over, grouped and ungrouped.
  expect(read.filter(({ status }) => status === 200)).toHaveLength(3);
  expect((await stack.api<{ data: unknown[] }>('/v1/integrations')).body.data).toHaveLength(1);
});

test('a second key of the organization replaces the first, which is destroyed', async () => {
  expect(await stack.connect(stack.simulator.keys.second)).toBe(id);
  const credentials = await stack.warehouse.query({
    name: 'credentials',
    sql: 'SELECT credential_id FROM credentials FINAL',
    row: z.object({ credential_id: z.string() }),
  });
  expect(credentials).toHaveLength(1);
});

test('a double click is one attempt', async () => {
  const click = () => stack.sendKey(stack.simulator.keys.second);
  const [first, second] = await Promise.all([click(), click()]);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(first.body.id).toBe(second.body.id);
  await stack.untilStatus(id, 'connected');
});
