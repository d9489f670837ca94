import { expect, test } from 'vitest';
import { KEY, provider, refusal } from './provider.ts';

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
  expect(users[7]).toEqual({ id: 'user-7', name: 'User 7', email: '7@acme.test', is_service_account: false });
  expect(calls.map(({ path, params }) => [path, params.get('limit'), params.get('after')])).toEqual([
    ['/organization/users', '100', null],
    ['/organization/users', '100', 'user-99'],
  ]);
});

test('users: what is null, missing or nested', async () => {
  const nested = { object: 'user', id: 'user-3', email: 'ada@acme.test', name: 'Ada' };
  const { openai } = await provider(() => ({
    body: {
      data: [
        { id: 'user-1', name: null, email: null },
        { id: 'user-2' },
        { id: 'user-3', name: null, email: null, is_service_account: false, user: nested },
        { id: 'user-4', name: 'Grace', email: 'grace@acme.test', user: { ...nested, name: 'Not Grace' } },
        { id: 'user-sa', name: null, email: null, is_service_account: true, user: null },
      ],
      has_more: false,
    },
  }));
  expect(await openai.users(KEY)).toEqual([
    { id: 'user-1', name: '', email: '', is_service_account: false },
    { id: 'user-2', name: '', email: '', is_service_account: false },
    { id: 'user-3', name: 'Ada', email: 'ada@acme.test', is_service_account: false },
    { id: 'user-4', name: 'Grace', email: 'grace@acme.test', is_service_account: false },
    { id: 'user-sa', name: '', email: '', is_service_account: true },
  ]);
});

test('API keys are listed of any owner, and without that parameter where it is refused', async () => {
  const keys = [{ id: 'key_a', name: 'CI' }];
  const former = { id: 'key_old', name: 'prod-batch', owner_project_access: 'inactive' };
  const list = (data: object[]) => ({ body: { object: 'list', data, has_more: false } });
  const knows = await provider(({ params }) =>
    list(params.get('owner_project_access') === 'any' ? [...keys, former] : keys),
  );
  expect((await knows.openai.apiKeys(KEY, 'proj_1')).map(({ name }) => name)).toEqual(['CI', 'prod-batch']);
  expect(knows.calls).toHaveLength(1);

  const refuses = await provider(({ params }) =>
    params.has('owner_project_access')
      ? refusal("Unknown parameter: 'owner_project_access'.", { param: 'owner_project_access' })
      : list(keys),
  );
  for (const project of ['proj_1', 'proj_2']) {
    expect((await refuses.openai.apiKeys(KEY, project)).map(({ name }) => name)).toEqual(['CI']);
  }
  expect(refuses.calls).toHaveLength(3); // the refusal is remembered
});

test.each([
  [
    'a user’s',
    { type: 'user', user: { id: 'user-1', name: 'Ada', email: 'ada@acme.test' } },
    { owner_type: 'user', owner_id: 'user-1', owner_name: 'Ada', owner_email: 'ada@acme.test' },
  ],
  [
    'a service account’s',
    { type: 'service_account', service_account: { id: 'svc_1', name: 'Crawler' } },
    { owner_type: 'service_account', owner_id: 'svc_1', owner_name: 'Crawler', owner_email: '' },
  ],
  [
    'whose owner is not nested',
    { type: 'user', id: 'user-1', name: 'Ada' },
    { owner_type: 'user', owner_id: 'user-1', owner_name: 'Ada', owner_email: '' },
  ],
  [
    'of a deleted owner',
    { type: 'user', user: null },
    { owner_type: 'user', owner_id: '', owner_name: '', owner_email: '' },
  ],
  ['without an owner', null, { owner_type: '', owner_id: '', owner_name: '', owner_email: '' }],
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
