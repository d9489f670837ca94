import { expect, test } from 'vitest';
import { KEY, provider } from './provider.ts';

const project = (number: number, more: object = {}) => ({
  id: `proj_${number}`,
  object: 'organization.project',
  name: `Project ${number}`,
  created_at: 1_711_471_533,
  archived_at: null,
  status: 'active',
  ...more,
});

test('all pages, archived ones too', async () => {
  const all = Array.from({ length: 250 }, (_, index) => project(index));
  const { openai, calls } = await provider(({ params }) => {
    const start = all.findIndex(({ id }) => id === params.get('after')) + 1;
    const data = all.slice(start, start + 100);
    return { body: { object: 'list', data, last_id: data.at(-1)?.id, has_more: start + 100 < all.length } };
  });
  const projects = await openai.projects(KEY);
  expect(projects.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect(projects[0]).toEqual({
    id: 'proj_0',
    name: 'Project 0',
    status: 'active',
    created_at: 1_711_471_533,
    residency: '',
  });
  expect(calls.map(({ params }) => params.get('after'))).toEqual([null, 'proj_99', 'proj_199']);
  expect(calls[0]).toMatchObject({ path: '/organization/projects' });
  expect(calls[0]?.params.get('include_archived')).toBe('true');
});

test('what is null or missing', async () => {
  const { openai } = await provider(() => ({
    body: {
      data: [project(1, { name: null, status: null, archived_at: 17e8, residency: 'JP_STORAGE' }), { id: 'proj_2' }],
      has_more: false,
    },
  }));
  expect(await openai.projects(KEY)).toEqual([
    { id: 'proj_1', name: '', status: 'archived', created_at: 1_711_471_533, residency: 'JP_STORAGE' },
    { id: 'proj_2', name: '', status: 'active', created_at: null, residency: '' },
  ]);
});

test.each([
  ['the same page for ever', () => [project(1), project(2)], 2],
  ['empty pages for ever', ({ index }: { index: number }) => (index === 0 ? [project(1), project(2)] : []), 2],
])('%s comes to an end', async (_case, data, requests) => {
  const { openai, calls } = await provider((call) => ({ body: { data: data(call), has_more: true } }));
  expect(await openai.projects(KEY)).toHaveLength(2);
  expect(calls).toHaveLength(requests);
});

test('a key without the scope', async () => {
  const { openai } = await provider(() => ({
    status: 403,
    body: { error: { message: 'Missing scopes: api.management.read' } },
  }));
  await expect(openai.projects(KEY)).rejects.toMatchObject({
    kind: 'scope_missing',
    endpoint: '/organization/projects',
  });
});
