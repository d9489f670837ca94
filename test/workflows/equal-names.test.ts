import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addDays } from '#domain/day.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

/** Two organizations of one name, of which OpenAI tells nothing else. */
const nameless = {
  organization: 'Personal',
  factsPerDay: 3,
  knobs: { me: false, organizationHeader: false, organizationIds: false },
};
const HISTORY_DAYS = 5;
const [FROM, TO] = [addDays(TODAY, 1 - HISTORY_DAYS), addDays(TODAY, 1)];

let stack: Stack;
let other: Awaited<ReturnType<Stack['addTenant']>>;
let first: string;
beforeAll(async () => {
  stack = await startStack({ simulator: nameless, historyDays: HISTORY_DAYS });
  other = await stack.addTenant('other', nameless);
  first = await stack.connect(stack.simulator.keys.admin);
  await stack.untilQuiet();
});
afterAll(() => stack.stop());

const send = (admin_key: string, integration_id?: string) => stack.sendKey(admin_key, integration_id);
const total = async (query = '') => (await stack.api(`/v1/costs?from=${FROM}&to=${TO}${query}`)).body.total;
const credentials = async () =>
  (await stack.warehouse.query({ name: 'keys', sql: 'SELECT 1 FROM credentials FINAL', row: z.unknown() })).length;

test('a key of an organization of the same name is not taken for a new key of the connected one', async () => {
  const { status, body } = await send(other.simulator.keys.admin);
  expect([status, body.code]).toEqual([409, 'organization_unclear']);
  expect(body.detail).toMatch(/integration_id.*new/);
  expect(await credentials()).toBe(1);
  expect((await stack.api<{ data: unknown[] }>('/v1/integrations')).body.data).toHaveLength(1);
});

test('said to be another organization, it is an integration of its own, and both keep their costs', async () => {
  const { status, body } = await send(other.simulator.keys.admin, 'new');
  expect(status).toBe(201);
  const second = String(body.id);
  expect(second).not.toBe(first);
  await stack.untilStatus(second, 'connected');
  await stack.untilQuiet();
  expect(await total(`&integration_id=${first}`)).toBe(stack.simulator.truth.total(FROM, TO));
  expect(await total(`&integration_id=${second}`)).toBe(other.simulator.truth.total(FROM, TO));
  expect(await credentials()).toBe(2);
});

test('said to be a new key of the connected organization, it takes the place of the old one', async () => {
  expect((await send(stack.simulator.keys.second, 'openai-none')).status).toBe(404);
  const { status, body } = await send(stack.simulator.keys.second, first);
  expect([status, body.id]).toEqual([201, first]);
  await stack.untilStatus(first, 'connected');
  await stack.untilQuiet();
  expect(await credentials()).toBe(2);
  expect(await total(`&integration_id=${first}`)).toBe(stack.simulator.truth.total(FROM, TO));
});
