import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startSimulator } from '#dev/simulators/openai/simulator.ts';
import { createOpenAi } from '#providers/openai/client.ts';
import { type Stack, startStack } from '../support/stack.ts';

const FACTS = 25;

/** An organization is invented alike every time, so another simulator knows the projects beforehand. */
async function projectsWithKeys(): Promise<string[]> {
  const simulator = await startSimulator({ factsPerDay: FACTS });
  const openai = createOpenAi({ baseUrl: simulator.url });
  const { admin } = simulator.keys;
  const withKeys: string[] = [];
  for (const { id } of await openai.projects(admin)) {
    if ((await openai.apiKeys(admin, id)).length > 0) withKeys.push(id);
  }
  await Promise.all([openai.close(), simulator.close()]);
  return withKeys;
}

let stack: Stack;
let id: string;
let refused: string[];
let others: string[];
beforeAll(async () => {
  const projects = await projectsWithKeys();
  [refused, others] = [projects.slice(0, 3), projects.slice(3)];
  expect(others.length).toBeGreaterThan(1);
  const down = refused.map((project, i) => [`/organization/projects/${project}/api_keys`, [404, 400, 403][i]]);
  stack = await startStack({
    simulator: { factsPerDay: FACTS, knobs: { lookbackDays: 20, down: Object.fromEntries(down) } },
  });
  id = await stack.connect(stack.simulator.keys.admin);
  await stack.untilQuiet();
});
afterAll(() => stack.stop());

const namesOf = (kind: string) =>
  stack.warehouse.query({
    name: 'names',
    sql: 'SELECT id, name, project_id FROM name_records FINAL WHERE kind = {kind: String}',
    params: { kind },
    row: z.object({ id: z.string(), name: z.string(), project_id: z.string() }),
  });

test('projects whose keys OpenAI does not list do not affect other names', async () => {
  const listed = (await namesOf('project')).map((project) => project.id);
  expect(listed).toEqual(expect.arrayContaining([...refused, ...others]));
  expect((await namesOf('user')).length).toBeGreaterThan(0);
  const ofProjects = new Set((await namesOf('api_key')).map(({ project_id }) => project_id));
  expect([...ofProjects].sort()).toEqual(others.sort());
});

test('projects whose keys OpenAI does not list do not fail the sync', async () => {
  expect((await stack.api(`/v1/integrations/${id}`)).body).toMatchObject({ status: 'connected', problem: null });
  for await (const { workflowId, runId } of stack.temporal.workflow.list()) {
    const { status } = await stack.temporal.workflow.getHandle(workflowId, runId).describe();
    expect([workflowId, status.name]).toEqual([workflowId, 'COMPLETED']);
  }
});
