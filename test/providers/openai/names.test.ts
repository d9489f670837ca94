import { expect, test } from 'vitest';
import { KEY, provider } from './provider.ts';

test('users: all pages', async () => {
  const all = Array.from({ length: 150 }, (_, index) => ({
    object: 'organization.user',
    id: `user-${index}`,
    name: `User ${index}`,
    email: `${index}@acme.test`,
    role: 'reader',
    added_at: 1_711_471_533,
  }));
  const { openai, calls } = await provider(({ params }) => {
    const start = all.findIndex(({ id }) => id === params.get('after')) + 1;
    const data = all.slice(start, start + 100);
    return { body: { object: 'list', data, last_id: data.at(-1)?.id, has_more: start + 100 < all.length } };
  });
  const users = await openai.users(KEY);
  expect(users.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect(users[7]).toEqual({ id: 'user-7', name: 'User 7', email: '7@acme.test' });
  expect(calls.map(({ path, params }) => [path, params.get('limit'), params.get('after')])).toEqual([
    ['/organization/users', '100', null],
    ['/organization/users', '100', 'user-99'],
  ]);
});

test('users: what is null or missing', async () => {
  const { openai } = await provider(() => ({
    body: { data: [{ id: 'user-1', name: null, email: null }, { id: 'user-2' }], has_more: false },
  }));
  expect(await openai.users(KEY)).toEqual([
    { id: 'user-1', name: '', email: '' },
    { id: 'user-2', name: '', email: '' },
  ]);
});

test.each([
  [
    'a user’s',
    { type: 'user', user: { id: 'user-1', name: 'Ada', email: 'ada@acme.test' } },
    { owner_type: 'user', owner_id: 'user-1', owner_name: 'Ada' },
  ],
  [
    'a service account’s',
    { type: 'service_account', service_account: { id: 'svc_1', name: 'Crawler' } },
    { owner_type: 'service_account', owner_id: 'svc_1', owner_name: 'Crawler' },
  ],
  [
    'whose owner is not nested',
    { type: 'user', id: 'user-1', name: 'Ada' },
    { owner_type: 'user', owner_id: 'user-1', owner_name: 'Ada' },
  ],
  ['of a deleted owner', { type: 'user', user: null }, { owner_type: 'user', owner_id: '', owner_name: '' }],
  ['without an owner', null, { owner_type: '', owner_id: '', owner_name: '' }],
])('an API key, %s, without its redacted value', async (_case, owner, expected) => {
  const { openai, calls } = await provider(() => ({
    body: {
      data: [
        { object: 'organization.project.api_key', id: 'key_1', name: 'CI', redacted_value: 'sk-abc...def', owner },
      ],
      has_more: false,
    },
  }));
  expect(await openai.apiKeys(KEY, 'proj_1')).toEqual([{ id: 'key_1', name: 'CI', ...expected }]);
  expect(calls[0]).toMatchObject({ method: 'GET', path: '/organization/projects/proj_1/api_keys' });
});

test.each(['', '..', 'a/b', 'proj_1?x', 'proj%2f'])('%j is no project id, and is not requested', async (projectId) => {
  const { openai, calls } = await provider(() => ({ body: { data: [] } }));
  const error = await openai.apiKeys(KEY, projectId).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind: 'bad_request', endpoint: '/organization/projects/{project_id}/api_keys' });
  expect(calls).toEqual([]);
});

test('a key without the scope', async () => {
  const { openai } = await provider(() => ({
    status: 403,
    body: { error: { message: 'Missing scopes: api.management.read' } },
  }));
  await expect(openai.users(KEY)).rejects.toMatchObject({ kind: 'scope_missing', endpoint: '/organization/users' });
  await expect(openai.apiKeys(KEY, 'proj_1')).rejects.toMatchObject({ kind: 'scope_missing' });
});
