import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { request } from './request.ts';

let simulator: Simulator;
let large: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ today: '2026-11-23' });
  large = await startSimulator({ today: '2026-11-23', factsPerDay: 1000 });
});
afterAll(() => Promise.all([simulator.close(), large.close()]));

interface Named {
  object: string;
  id: string;
  name: string;
  email: string;
  owner: Record<string, unknown>;
}
interface List {
  data: Named[];
  last_id: string;
  has_more: boolean;
}
async function list(of: Simulator, path: string, limit = 100): Promise<Named[]> {
  const all: Named[] = [];
  let after: string | undefined;
  do {
    const { status, text } = await request(of, path, { limit, ...(after && { after }) });
    expect(status, text).toBe(200);
    const page = JSON.parse(text) as List;
    all.push(...page.data);
    after = page.has_more ? page.last_id : undefined;
  } while (after);
  return all;
}
const projectIds = async (of: Simulator) => {
  const { text } = await request(of, '/organization/projects', { include_archived: 'true' });
  return (JSON.parse(text) as List).data.map(({ id }) => id);
};

test('users are the people, by cursor', async () => {
  const users = await list(simulator, '/organization/users', 3);
  expect(new Set(users.map(({ id }) => id)).size).toBe(users.length);
  expect(users.map(({ name }) => name)).toEqual(['Owner', 'Mina', 'Tomas', 'Ines', 'Kwame', 'Lena']);
  expect(users[1]).toEqual({
    object: 'organization.user',
    id: expect.stringMatching(/^user-/),
    name: 'Mina',
    email: 'mina@acme-robotics.example',
    role: 'reader',
    added_at: expect.any(Number),
  });
  expect((await list(large, '/organization/users')).length).toBeGreaterThan(50);
});

test('every API key and user of the bill has a name somewhere', async () => {
  for (const of of [simulator, large]) {
    const keys = (
      await Promise.all((await projectIds(of)).map((id) => list(of, `/organization/projects/${id}/api_keys`)))
    ).flat();
    const owners = keys.map(({ owner }) => owner[String(owner.type)] as Named);
    const users = [...(await list(of, '/organization/users')), ...owners].map(({ id }) => id);
    const facts = of.truth.days('2026-01-01', '2026-01-08').flatMap((day) => day.facts);
    const wanted = (ids: Array<string | null>) => new Set(ids.filter((id) => id !== null));
    expect(wanted(facts.map(({ api_key_id }) => api_key_id)).difference(new Set(keys.map(({ id }) => id))).size).toBe(
      0,
    );
    expect(wanted(facts.map(({ user_id }) => user_id)).difference(new Set(users)).size).toBe(0);
    expect(new Set(owners.map(({ object }) => object)).size).toBe(2);
  }
});

test('an API key is as live ones are', async () => {
  const [support = ''] = await projectIds(simulator);
  const keys = await list(simulator, `/organization/projects/${support}/api_keys`, 2);
  expect(keys[0]).toEqual({
    object: 'organization.project.api_key',
    id: expect.stringMatching(/^key_/),
    name: 'support-production',
    redacted_value: expect.stringMatching(/^sk-proj-\*+\w{4}$/),
    created_at: expect.any(Number),
    last_used_at: expect.any(Number),
    owner: {
      type: 'service_account',
      service_account: {
        object: 'organization.project.service_account',
        id: expect.stringMatching(/^user-/),
        name: 'svc-support',
        role: 'member',
        created_at: expect.any(Number),
      },
    },
  });
  const unknown = await request(simulator, '/organization/projects/proj_x/api_keys');
  expect([unknown.status, unknown.body.error.code]).toEqual([404, 'not_found']);
});

test('names need scopes of their own', async () => {
  const [support = ''] = await projectIds(simulator);
  const paths = ['/organization/projects', '/organization/users', `/organization/projects/${support}/api_keys`];
  const statuses = (key: string) =>
    Promise.all(paths.map(async (path) => (await request(simulator, path, {}, { key })).status));
  const { restricted, withoutMembers, withoutProjects, idle } = simulator.keys;
  expect(await statuses(restricted)).toEqual([200, 200, 200]);
  expect(await statuses(withoutMembers)).toEqual([200, 403, 403]);
  expect(await statuses(withoutProjects)).toEqual([403, 403, 403]);
  const { body } = await request(simulator, '/organization/users', {}, { key: withoutMembers });
  expect(body.error.message).toContain('Missing scopes: ');
  expect(await statuses(idle)).toEqual([200, 200, 404]);
});
