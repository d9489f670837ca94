import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { request } from './request.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ today: '2026-11-23' });
});
afterAll(() => simulator.close());

interface Projects {
  data: Array<{ id: string; name: string; status: string; archived_at: number | null }>;
  last_id: string;
  has_more: boolean;
}
const projects = async (query: Record<string, string | number>) => {
  const { status, text } = await request(simulator, '/organization/projects', query);
  expect(status).toBe(200);
  return JSON.parse(text) as Projects;
};

test('the archived project is listed only on request', async () => {
  const active = await projects({});
  const all = await projects({ include_archived: 'true' });
  expect([active.data.length, all.data.length]).toEqual([6, 7]);
  expect(all.data.at(-1)).toMatchObject({ status: 'archived', archived_at: expect.any(Number) });
});

test('pages follow the last id', async () => {
  const names: string[] = [];
  let page = await projects({ limit: 3, include_archived: 'true' });
  while (names.push(...page.data.map(({ name }) => name)) && page.has_more) {
    page = await projects({ limit: 3, include_archived: 'true', after: page.last_id });
  }
  expect(new Set(names).size).toBe(7);
  expect(names).toHaveLength(7);
});

test('a limit beyond 100 and an unknown cursor are refused', async () => {
  expect((await request(simulator, '/organization/projects', { limit: 101 })).body.error.param).toBe('limit');
  expect((await request(simulator, '/organization/projects', { after: 'proj_x' })).body.error.param).toBe('after');
});
