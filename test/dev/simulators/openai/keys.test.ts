import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { days, request } from './request.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ today: '2026-11-23' });
});
afterAll(() => simulator.close());

const costs = (key: string) => request(simulator, '/organization/costs', days('2026-11-01', '2026-11-02'), { key });
const projects = (key: string) => request(simulator, '/organization/projects', {}, { key });

test('each kind of key is accepted or refused as OpenAI does', async () => {
  const { admin, second, wrong, project, restricted, withoutProjects } = simulator.keys;
  expect((await costs(admin)).text).toBe((await costs(second)).text);
  const incorrect = await costs(wrong);
  expect(incorrect.status).toBe(401);
  expect(incorrect.body.error.code).toBe('invalid_api_key');
  expect(incorrect.body.error.message).toMatch(`Incorrect API key provided: sk-admin`);
  expect(incorrect.body.error.message).toContain(wrong.slice(-4));
  for (const key of [project, restricted]) {
    const { status, body } = await costs(key);
    expect(status).toBe(403);
    expect(body.error.message).toContain('Missing scopes: api.usage.read.');
  }
  expect((await costs(withoutProjects)).status).toBe(200);
  expect((await projects(withoutProjects)).status).toBe(403);
  expect((await projects(restricted)).status).toBe(200);
  expect((await costs('')).body.error.message).toContain("You didn't provide an API key.");
});

test('a project key may be refused with 401, and errors may be bare strings', async () => {
  Object.assign(simulator.knobs, { projectKeyStatus: 401, bareErrors: true });
  const { status, body } = await costs(simulator.keys.project);
  expect([status, body.error]).toEqual([401, expect.stringContaining('Missing scopes')]);
  Object.assign(simulator.knobs, { projectKeyStatus: 403, bareErrors: false });
});

test('a revoked key is an incorrect key', async () => {
  const other = await startSimulator({ today: '2026-11-23', adminKey: 'sk-admin-of-my-own' });
  const ours = () => request(other, '/me');
  expect((await ours()).status).toBe(200);
  other.revoke('sk-admin-of-my-own');
  expect((await ours()).body.error.code).toBe('invalid_api_key');
  expect((await request(other, '/me', {}, { key: other.keys.second })).status).toBe(200);
  await other.close();
});

test('an idle organization spends nothing and is named by /me and a header', async () => {
  const { idle } = simulator.keys;
  const { body, headers } = await costs(idle);
  expect(body.data.map(({ results }) => results)).toEqual([[]]);
  expect(headers.get('openai-organization')).toBe('idle-labs');
  const me = await request(simulator, '/me', {}, { key: idle });
  const { id, name } = simulator.idleOrganization;
  expect(JSON.parse(me.text).orgs.data).toMatchObject([{ id, title: name }]);
  expect(JSON.parse((await projects(idle)).text).data).toMatchObject([{ name: 'Default project' }]);
  Object.assign(simulator.knobs, { me: false, organizationHeader: false });
  expect((await request(simulator, '/me', {}, { key: idle })).status).toBe(403);
  expect((await costs(idle)).headers.get('openai-organization')).toBeNull();
});
