import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Dependencies } from '#activities/context/dependencies.ts';
import { activityInterceptor } from '#activities/interceptor.ts';
import { syncNames } from '#activities/sync/sync-names.ts';
import { storeCredential } from '#clickhouse/integrations/credentials.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { listProjects } from '#clickhouse/names/list-projects.ts';
import { createNameWriter } from '#clickhouse/writes/names.ts';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { createOpener, createSealer } from '#credentials/sealing.ts';
import type { Day } from '#domain/day.ts';
import { ProviderError } from '#providers/http/error.ts';
import type { OpenAi } from '#providers/openai/client.ts';
import type { ApiKey } from '#providers/openai/organization/api-keys.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
let opener: Dependencies['opener'];
let key: { tenant_id: string; integration_id: string };
let tenants = 0;
const keys = generateKeyPair();
beforeAll(async () => {
  database = await createDatabase();
  opener = await createOpener([keys.privateKey]);
});
afterAll(() => database.drop());
beforeEach(async () => {
  tenants += 1;
  key = { tenant_id: `tenant-${tenants}`, integration_id: 'openai-1' };
  const credential = { tenant_id: key.tenant_id, credential_id: 'c' };
  await storeCredential(
    database.warehouse,
    credential,
    await (await createSealer(keys.publicKey)).seal('sk-admin-1', credential),
  );
  await writeIntegration(database.warehouse, integration(key));
});

type Lists = {
  projects: string[] | ProviderError;
  users?: Awaited<ReturnType<OpenAi['users']>>;
  /** The keys of a project, or what its list throws. Called with the number of requests for that project before. */
  keysOf?: (project: string, requests: number) => (string | ApiKey)[] | ProviderError;
};

const apiKey = (id: string): ApiKey => ({
  id,
  name: `Key ${id}`,
  owner_type: '',
  owner_id: '',
  owner_name: '',
  owner_email: '',
});
const failing = (kind: 'provider_unavailable' | 'rate_limited', retryAfterMs?: number) =>
  new ProviderError(kind, { endpoint: '/organization/projects/x/api_keys', status: 500, retryAfterMs });

/** An organization whose lists a test decides about, and the projects whose keys were requested, in order. */
function organization({ projects, users = [], keysOf = (project) => [`key_of_${project}`] }: Lists) {
  const requested: string[] = [];
  const openai = {
    projects: async () => {
      if (projects instanceof ProviderError) throw projects;
      const common = { status: 'active', created_at: null, residency: 'EU_STORAGE' };
      return projects.map((id) => ({ id, name: `Project ${id}`, ...common }));
    },
    users: async () => users,
    spendLimits: async () => ({ limits: [], isComplete: true }),
    keyExpiry: async () => null,
    apiKeys: async (_key: string, project: string) => {
      const result = keysOf(project, requested.filter((one) => one === project).length);
      requested.push(project);
      if (result instanceof ProviderError) throw result;
      return result.map((one) => (typeof one === 'string' ? apiKey(one) : one));
    },
  } as unknown as OpenAi;
  return { openai, requested };
}

/** Runs an attempt as a worker does. `statements`: of the warehouse, by name. */
async function attempt(openai: OpenAi, heartbeatDetails?: unknown, unnamed_since: Day | null = null) {
  const statements: string[] = [];
  const warehouse = {
    ...database.warehouse,
    query: (query: { name: string }) => {
      statements.push(query.name);
      return database.warehouse.query(query as never);
    },
    insert: (table: string, rows: object[]) => {
      statements.push(`insert ${table}`);
      return database.warehouse.insert(table, rows);
    },
  } as Dependencies['warehouse'];
  const environment = new MockActivityEnvironment({ heartbeatDetails }, { interceptors: [activityInterceptor] });
  const positions: unknown[] = [];
  environment.on('heartbeat', (position) => positions.push(position));
  const dependencies = { warehouse, openai, opener } as Dependencies;
  const result = environment.run(syncNames, dependencies, { ...key, unnamed_since });
  return { result, statements, positions };
}

const names = (kind: string) =>
  database.warehouse.query({
    name: 'names',
    sql: `SELECT id, name, email, status FROM name_records FINAL
          WHERE tenant_id = {tenant_id: String} AND kind = {kind: String} ORDER BY id`,
    params: { ...key, kind },
    row: z.object({ id: z.string(), name: z.string(), email: z.string(), status: z.string() }),
  });
const idsOf = async (kind: string) => (await names(kind)).map(({ id }) => id);
const many = (count: number) => Array.from({ length: count }, (_, index) => `proj_${String(index).padStart(5, '0')}`);

test('a small organization takes five statements', async () => {
  const { openai } = organization({ projects: ['proj_a', 'proj_b'] });
  const { result, statements } = await attempt(openai);
  expect(await result).toEqual({ names: 4, lists_passed_over: 0 });
  expect(statements).toEqual([
    'integration and key',
    'integration',
    'insert name_records',
    'integration',
    'insert limit_days',
  ]);
  expect(await idsOf('api_key')).toEqual(['key_of_proj_a', 'key_of_proj_b']);
});

test('a list that stays unanswered is passed over after three attempts, and fails nothing', async () => {
  const { openai, requested } = organization({
    projects: ['proj_a', 'proj_b', 'proj_c'],
    keysOf: (project) => (project === 'proj_b' ? failing('provider_unavailable') : [`key_of_${project}`]),
  });
  const { result } = await attempt(openai);
  expect(await result).toEqual({ names: 5, lists_passed_over: 1 });
  expect(requested.filter((project) => project === 'proj_b')).toHaveLength(3);
  expect(await idsOf('api_key')).toEqual(['key_of_proj_a', 'key_of_proj_c']);
});

test('where projects cannot be listed for now, the limits stay as they were', async () => {
  const { openai } = organization({ projects: failing('provider_unavailable', 1) });
  const { result, statements } = await attempt(openai);
  expect(await result).toEqual({ names: 0, lists_passed_over: 1 });
  expect(statements).not.toContain('insert limit_days');
});

test('a rate limit is waited for where it stands', async () => {
  let limited = 0;
  const { openai, requested } = organization({
    projects: many(20),
    keysOf: (project, requests) => {
      if (requests > 0 || project !== 'proj_00010') return [`key_of_${project}`];
      limited = Date.now();
      return failing('rate_limited', 1_500);
    },
  });
  const { result } = await attempt(openai);
  expect(await result).toMatchObject({ lists_passed_over: 0 });
  expect(Date.now() - limited).toBeGreaterThanOrEqual(1_400);
  expect(requested).toHaveLength(21);
  expect(await idsOf('api_key')).toHaveLength(20);
});

test('after a long rate limit, the next attempt continues where the names are not written', async () => {
  const projects = many(250);
  const first = organization({
    projects: projects.toReversed(),
    keysOf: (project) => (project === 'proj_00150' ? failing('rate_limited', 600_000) : [`key_of_${project}`]),
  });
  const { result, positions } = await attempt(first.openai);
  await expect(result).rejects.toMatchObject({ type: 'rate_limited', nextRetryDelay: 600_000 });
  expect(positions.at(-1)).toEqual({ after: 'proj_00099' });
  expect((await idsOf('project')).length).toBe(250);
  const writtenBefore = (await idsOf('api_key')).length;
  expect(writtenBefore).toBeGreaterThanOrEqual(100);

  const second = organization({ projects: projects.toReversed() });
  const next = await attempt(second.openai, positions.at(-1));
  await next.result;
  expect(second.requested.toSorted()).toEqual(projects.slice(100));
  expect(await idsOf('api_key')).toHaveLength(250);
});

test('where every list fails, the rest is left to the next daily sync', async () => {
  const { openai, requested } = organization({
    projects: many(300),
    keysOf: () => new ProviderError('scope_missing', { endpoint: '/organization/projects/x/api_keys', status: 403 }),
  });
  const { result } = await attempt(openai);
  expect(await result).toEqual({ names: 300, lists_passed_over: 300 });
  expect(requested.length).toBeLessThan(30);
});

test('an empty name never replaces a known one, and service accounts are told as such', async () => {
  await createNameWriter(database.warehouse, { ...key, version: 1 }).write([
    { kind: 'user', id: 'user-1', name: 'Ada', email: 'ada@acme.test' },
    { kind: 'user', id: 'user-2', name: 'Grace', email: 'old@acme.test' },
  ]);
  const user = { name: '', email: '', is_service_account: false };
  const { openai } = organization({
    projects: [],
    users: [
      { ...user, id: 'user-1' },
      { ...user, id: 'user-2', email: 'new@acme.test' },
      { ...user, id: 'user-sa', is_service_account: true },
    ],
  });
  const { result, statements } = await attempt(openai);
  await result;
  expect(statements).toHaveLength(6);
  expect(await names('user')).toEqual([
    { id: 'user-1', name: 'Ada', email: 'ada@acme.test', status: '' },
    { id: 'user-2', name: 'Grace', email: 'new@acme.test', status: '' },
    { id: 'user-sa', name: '', email: '', status: 'service_account' },
  ]);
});

test('keys name the owners that no list has: service accounts and former members', async () => {
  const owned = (id: string, owner_type: string, owner_id: string, owner_name: string): ApiKey => ({
    ...{ id, name: id, owner_type, owner_id, owner_name },
    owner_email: owner_type === 'user' ? `${owner_id}@acme.test` : '',
  });
  const { openai } = organization({
    projects: ['proj_a'],
    users: [{ id: 'user-1', name: 'Ada', email: 'ada@acme.test', is_service_account: false }],
    keysOf: () => [
      owned('key_1', 'user', 'user-1', 'Another name of Ada'),
      owned('key_2', 'service_account', 'user-bot', 'Crawler'),
      owned('key_3', 'user', 'user-left', 'Grace'),
      owned('key_4', 'service_account', 'user-nameless', ''),
      'key_5',
    ],
  });
  expect(await (await attempt(openai)).result).toMatchObject({ lists_passed_over: 0 });
  expect(await names('user')).toEqual([
    { id: 'user-1', name: 'Ada', email: 'ada@acme.test', status: '' },
    { id: 'user-bot', name: 'Crawler', email: '', status: 'service_account' },
    { id: 'user-left', name: 'Grace', email: 'user-left@acme.test', status: '' },
  ]);
  const [{ residency } = {}] = await listProjects(database.warehouse, key.tenant_id);
  expect(residency).toBe('EU_STORAGE');
});

test('outside the weekly list, only projects with a recent key that has no name are listed', async () => {
  const uses = (day: string, ...used: [project: string, key: string][]) =>
    writeCostDays(database.warehouse, { ...key, version: 1 }, [
      costDay(
        day,
        used.map(([project_id, api_key_id]) => costItem({ project_id, api_key_id })),
      ),
    ]);
  await uses('2026-06-01', ['proj_old', 'key_of_proj_old']);
  await uses('2026-07-01', ['proj_known', 'key_of_proj_known'], ['proj_new', 'key_of_proj_new'], ['proj_none', '']);
  await createNameWriter(database.warehouse, { ...key, version: 1 }).write([
    { kind: 'api_key', id: 'key_of_proj_known', name: 'Known', project_id: 'proj_known' },
  ]);
  const projects = ['proj_old', 'proj_known', 'proj_new', 'proj_none'];

  const recent = organization({ projects });
  await (await attempt(recent.openai, undefined, '2026-06-30')).result;
  expect(recent.requested).toEqual(['proj_new']);

  const again = organization({ projects });
  await (await attempt(again.openai, undefined, '2026-06-30')).result;
  expect(again.requested).toEqual([]);

  const all = organization({ projects });
  await (await attempt(all.openai)).result;
  expect(all.requested).toEqual(projects.toSorted());
});
