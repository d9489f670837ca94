import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { days, request } from './request.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ today: '2026-11-23' });
});
afterAll(() => simulator.close());

const costs = () => request(simulator, '/organization/costs', days('2026-11-01', '2026-11-02'));
const projects = () => request(simulator, '/organization/projects');

test('429 says when to come back in each way, and not at all', async () => {
  simulator.knobs.failNext(4, 429);
  const answers = [await costs(), await costs(), await costs(), await costs()];
  expect(answers.map(({ status }) => status)).toEqual([429, 429, 429, 429]);
  expect(answers[0]?.body.error.code).toBe('rate_limit_exceeded');
  expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual([
    '1',
    expect.stringMatching(/GMT$/),
    null,
    null,
  ]);
  expect(answers.map(({ headers }) => headers.get('retry-after-ms'))).toEqual([null, null, null, '1000']);
  expect((await costs()).status).toBe(200);
});

test('requests are held until they are let go, and others are not', async () => {
  const before = simulator.requests.length;
  const release = simulator.hold(({ path }) => path.endsWith('/costs'));
  const held = costs();
  expect((await projects()).status).toBe(200);
  await expect.poll(() => simulator.requests.length).toBe(before + 2);
  expect(simulator.requests.slice(before).map(({ status }) => status)).toContain(0);
  release();
  expect([(await held).status, (await costs()).status]).toEqual([200, 200]);
});

test('a path may have a response of its own, that often or for good', async () => {
  const body = { error: { message: 'Project is archived', code: null } };
  simulator.knobs.replies = {
    '/organization/costs': { status: 401, body, headers: { 'retry-after': 'soon' }, times: 2 },
    '/organization/projects': { status: 403, body },
  };
  const answers = [await costs(), await costs(), await costs()];
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 200]);
  expect([answers[0]?.body, answers[0]?.headers.get('retry-after')]).toEqual([body, 'soon']);
  expect([(await projects()).status, (await projects()).status]).toEqual([403, 403]);
  simulator.knobs.replies = {};
  expect((await projects()).status).toBe(200);
});

test('502 is a page of HTML, 500 and 503 are JSON', async () => {
  for (const status of [500, 502, 503]) simulator.knobs.failNext(1, status);
  const answers = [await costs(), await costs(), await costs()];
  expect(answers.map(({ status }) => status)).toEqual([500, 502, 503]);
  expect(answers.map(({ text }) => text[0])).toEqual(['{', '<', '{']);
  expect(answers[0]?.body.error.type).toBe('server_error');
});

test('failures may be limited to one path; a redirect; a closed connection', async () => {
  simulator.knobs.failNext(1, 503, '/organization/projects');
  expect([(await costs()).status, (await projects()).status, (await projects()).status]).toEqual([200, 503, 200]);
  simulator.knobs.failNext(1, 302);
  expect((await costs()).headers.get('location')).toMatch(/^\/v1\//);
  simulator.knobs.failNext(1, 'disconnect');
  await expect(costs()).rejects.toThrow('fetch failed');
  expect(simulator.requests.at(-1)?.status).toBe(0);
});

test('an outage is a 404 of the costs alone', async () => {
  simulator.knobs.outage = true;
  expect([(await costs()).status, (await projects()).status]).toEqual([404, 200]);
  simulator.knobs.outage = false;
});

test('rates of failure follow from the seed', async () => {
  const knobs = { rate429: 0.2, rate5xx: 0.2 };
  const run = async () => {
    const other = await startSimulator({ today: '2026-11-23', knobs });
    const statuses: number[] = [];
    for (let i = 0; i < 60; i++) statuses.push((await request(other, '/me')).status);
    await other.close();
    return statuses;
  };
  const statuses = await run();
  expect(new Set(statuses)).toEqual(new Set([200, 429, 500, 502, 503]));
  expect(await run()).toEqual(statuses);
});

test('responses take as long as the knob says', async () => {
  simulator.knobs.latencyMs = 40;
  const start = performance.now();
  await costs();
  expect(performance.now() - start).toBeGreaterThan(38);
  simulator.knobs.latencyMs = 0;
});

test('only GET on known paths is accepted, and every request is recorded without its key', async () => {
  const post = await request(simulator, '/organization/costs', {}, { method: 'POST' });
  const unknown = await request(simulator, '/organization/invites', { limit: 3 });
  expect([post.status, unknown.status]).toEqual([405, 404]);
  expect(unknown.body.error).toMatchObject({ type: 'invalid_request_error', code: null });
  expect((await fetch(simulator.url.replace('/v1', '/organization/costs'))).status).toBe(404);
  expect(simulator.requests.slice(-3)).toEqual([
    { method: 'POST', path: '/v1/organization/costs', query: '', status: 405 },
    { method: 'GET', path: '/v1/organization/invites', query: 'limit=3', status: 404 },
    { method: 'GET', path: '/organization/costs', query: '', status: 404 },
  ]);
  expect(JSON.stringify(simulator.requests)).not.toContain('sk-');
});
