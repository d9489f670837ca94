import { expect, test } from 'vitest';
import { startSimulator } from '#dev/simulators/openai/simulator.ts';
import { createOpenAi } from '#providers/openai/client.ts';
import { KEY, provider } from './provider.ts';

test('limits and alerts of the organization and a project, as the simulator has them', async () => {
  const simulator = await startSimulator({
    knobs: {
      spendLimits: { organization: { cents: 123_456 }, support: { cents: 50_001, enforcing: true } },
      spendAlerts: { organization: [100_000, 7] },
    },
  });
  const openai = createOpenAi({ baseUrl: simulator.url });
  const [project] = await openai.projects(simulator.keys.admin);
  const common = { currency: 'usd', interval: 'month', is_enforcing: false };
  const alert = { ...common, kind: 'alert', project_id: '', limit_id: expect.stringMatching(/^alert_/) };
  expect(await openai.spendLimits(simulator.keys.admin, '')).toEqual({
    limits: [
      { ...common, kind: 'hard_limit', limit_id: '', project_id: '', amount: '1234.56' },
      { ...alert, amount: '1000' },
      { ...alert, amount: '0.07' },
    ],
    isComplete: true,
  });
  const limit = { ...common, kind: 'hard_limit', limit_id: '', amount: '500.01', is_enforcing: true };
  expect(await openai.spendLimits(simulator.keys.admin, project?.id ?? '')).toEqual({
    limits: [{ ...limit, project_id: project?.id }],
    isComplete: true,
  });
  await openai.close();
  await simulator.close();
});

test.each([
  ['a 404', { status: 404, body: { error: { message: 'Not found' } } }],
  ['null', { body: 'null' }],
  ['nulls', { body: { object: 'organization.spend_limit', threshold_amount: null, enforcement: null, data: null } }],
  ['nothing', { body: { data: [] } }],
])('no limit is set where the response is %s', async (_, reply) => {
  const { openai } = await provider(({ path }) =>
    path.endsWith('alerts') && reply.body === 'null' ? { body: { data: [] } } : reply,
  );
  expect(await openai.spendLimits(KEY, 'proj_1')).toEqual({ limits: [], isComplete: true });
});

test('a refused key or an outage is no limit that is not set; a project’s id cannot change the path', async () => {
  const { openai, calls } = await provider(() => ({ status: 403, body: { error: 'Missing scopes: x' } }));
  await expect(openai.spendLimits(KEY, '')).rejects.toMatchObject({ kind: 'scope_missing' });
  await expect(openai.spendLimits(KEY, '../x')).rejects.toMatchObject({ kind: 'bad_request' });
  expect(calls.map(({ path }) => path)).toEqual(['/organization/spend_limit', '/organization/spend_alerts']);
});

const SET = { threshold_amount: 700, currency: 'USD', interval: 'MONTH', enforcement: { status: 'inactive' } };

test.each([
  ['alerts', 403, [['hard_limit', '7']]],
  ['alerts', 400, [['hard_limit', '7']]],
  ['limit', 403, [['alert', '0.05']]],
] as const)(
  'where OpenAI refuses %s with %i, the other one is read and more may be set',
  async (refused, status, found) => {
    const { openai } = await provider(({ path }) => {
      if (path.endsWith(refused)) return { status, body: { error: 'Missing scopes: x' } };
      return { body: path.endsWith('alerts') ? { data: [{ ...SET, id: 'alert_1', threshold_amount: 5 }] } : SET };
    });
    const { limits, isComplete } = await openai.spendLimits(KEY, 'proj_1');
    expect(isComplete).toBe(false);
    expect(limits.map(({ kind, amount }) => [kind, amount])).toEqual(found);
    expect(limits[0]).toMatchObject({ currency: 'usd', interval: 'month' });
  },
);

test.each([500, 429])('where one of the two fails with %i, both are unknown', async (status) => {
  const { openai } = await provider(({ path }) => (path.endsWith('alerts') ? { status } : { body: SET }));
  await expect(openai.spendLimits(KEY, '')).rejects.toMatchObject({ status });
});

test('an archived project has no limits', async () => {
  const { openai } = await provider(() => ({ status: 401, body: { error: { message: 'Project is archived' } } }));
  expect(await openai.spendLimits(KEY, 'proj_1')).toEqual({ limits: [], isComplete: true });
});

const listed = (redacted_value: string, expires_at: number | null) => ({
  id: redacted_value,
  redacted_value,
  expires_at,
});

test.each([
  ['its start and end', [listed('sk-admin-9Qx...z81', 1_800_000_000), listed('sk-admin-9Qx...z82', 5)], 1_800_000_000],
  ['asterisks', [listed('sk-admin-*****zz81', 1_800_000_000)], 1_800_000_000],
  ['two keys that look alike', [listed('sk-a...z81', 1_800_000_000), listed('sk-admin...z81', 1_900_000_000)], null],
  ['a key that never expires', [listed('sk-admin...z81', null)], null],
  ['other keys', [listed('sk-admin...abc', 1_800_000_000), listed('...', 1)], null],
])('the expiry of our own key is found by %s', async (_, data, expiry) => {
  const { openai } = await provider(() => ({ body: { data, has_more: false } }));
  expect(await openai.keyExpiry(KEY)).toBe(expiry);
});
