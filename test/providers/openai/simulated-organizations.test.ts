import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { catalog } from '#dev/simulators/openai/bill/catalog.ts';
import { defaultKnobs } from '#dev/simulators/openai/http/knobs.ts';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { sumDecimals } from '#domain/decimal.ts';
import { createOpenAi, type OpenAi } from '#providers/openai/client.ts';
import { isUnderstood } from '#providers/openai/costs/line-item.ts';

/** Organizations differ in what OpenAI has for them already. */
const WINDOW = { from: '2026-11-01', to: '2026-11-11' };
let simulator: Simulator;
let openai: OpenAi;
let key: string;
beforeAll(async () => {
  simulator = await startSimulator({ today: '2026-11-23' });
  openai = createOpenAi({ baseUrl: simulator.url });
  key = simulator.keys.admin;
});
beforeEach(() => {
  Object.assign(simulator.knobs, defaultKnobs);
});
afterAll(async () => {
  await openai.close();
  await simulator.close();
});

test.each([
  ['api_source', { apiSourcesSince: '2026-11-06' }, (day: string) => day < '2026-11-06'],
  ['user_id', { usersApart: { from: '2026-11-04', to: '2026-11-07' } }, (day: string) => /0[456]$/.test(day)],
] as const)(
  '%s is missing on the days for which it is refused, and no money is',
  async (dimension, knobs, isRefused) => {
    Object.assign(simulator.knobs, knobs);
    const window = await openai.costs(key, WINDOW);
    expect(window).toMatchObject({ ...WINDOW, earliest: undefined });
    for (const { day, dropped } of window.days)
      expect([day, dropped]).toEqual([day, isRefused(day) ? [dimension] : []]);
    expect(window.days.map(({ facts }) => sumDecimals(facts.map(({ amount }) => amount)))).toEqual(
      simulator.truth.days(WINDOW.from, WINDOW.to).map(({ total }) => sumDecimals([total])),
    );
  },
);

test('of all that is sold, only the odd fee and the credit are not understood', () => {
  const lineItems = Object.values(catalog).flatMap((items) => items.map(({ lineItem }) => lineItem));
  expect(lineItems.filter((lineItem) => !isUnderstood(lineItem))).toEqual([
    'Robotics pilot (EU) – true-up #7',
    'service credit',
  ]);
});

test.each(['told', 'null', 'absent'] as const)('cache writes whose retention is %s', async (cacheWriteRetention) => {
  simulator.knobs.cacheWriteRetention = cacheWriteRetention;
  const { days } = await openai.usage(key, 'completions', { from: '2026-11-10', to: '2026-11-11' });
  const writes = days.flatMap(({ facts }) => facts).filter(({ metrics }) => metrics.input_cache_write_tokens);
  expect(writes.length).toBeGreaterThan(0);
  const sumOf = (name: string) => sumDecimals(writes.map(({ metrics }) => metrics[name] ?? '0'));
  const told = [sumOf('input_cache_write_12h_tokens'), sumOf('input_cache_write_30m_tokens')];
  if (cacheWriteRetention === 'told') expect(sumDecimals(told)).toBe(sumOf('input_cache_write_tokens'));
  else expect(told).toEqual(['0', '0']);
});

test('keys of people who lost access are listed where OpenAI can list them', async () => {
  simulator.knobs.formerMembers = ['tomas'];
  const research = (await openai.projects(key)).find(({ name }) => name.startsWith('Research'))?.id ?? '';
  const owners = async () => (await openai.apiKeys(key, research)).map(({ owner_name }) => owner_name);
  expect((await openai.users(key)).map(({ name }) => name)).not.toContain('Tomas');
  expect(await owners()).toContain('Tomas');
  simulator.knobs.ownerProjectAccess = false;
  expect(await owners()).not.toContain('Tomas');
  expect(await owners()).toContain('svc-evals');
});

test('nested users, service accounts among them, and the residency of projects', async () => {
  Object.assign(simulator.knobs, { nestedUsers: true, residencies: { support: 'EU_STORAGE_PROCESSING' } });
  const users = await openai.users(key);
  const mina = { name: 'Mina', email: 'mina@acme-robotics.example', is_service_account: false };
  expect(users).toContainEqual({ id: expect.stringMatching(/^user-/), ...mina });
  expect(users.find(({ name }) => name === 'svc-support')).toMatchObject({ email: '', is_service_account: true });
  const residencies = (await openai.projects(key)).map(({ residency }) => residency);
  expect(residencies.slice(0, 2)).toEqual(['EU_STORAGE_PROCESSING', 'GLOBAL']);
});
