import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Dependencies } from '#activities/context/dependencies.ts';
import { syncLimits } from '#activities/sync/sync-limits.ts';
import { readIntegration, writeIntegration } from '#clickhouse/integrations/integrations.ts';
import type { SpendLimit } from '#domain/spend-limit.ts';
import { ProviderError } from '#providers/http/error.ts';
import type { OpenAi } from '#providers/openai/client.ts';
import { costDay, costItem } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const limit = (project_id: string, amount: string): SpendLimit => ({
  kind: 'hard_limit',
  limit_id: '',
  project_id,
  amount,
  currency: 'usd',
  interval: 'month',
  is_enforcing: false,
});
const refused = new ProviderError('scope_missing', { endpoint: '/organization/spend_limit', status: 403 });
const down = new ProviderError('malformed_response', { endpoint: '/organization/spend_limit', status: 200 });

/** 'partly': OpenAI refuses the hard limit, and no alert is set. */
type Answer = (project: string) => SpendLimit[] | 'partly' | ProviderError;

/**
 * Reads the limits of an organization once a day, each day as `of` has them; '' is the organization itself.
 * @param projectsOf the list of projects on a day; of the three, one is archived
 */
async function syncDaily(
  tenant_id: string,
  days: Answer[],
  projectsOf: (index: number) => 'listed' | 'refused' | 'failed' = () => 'listed',
) {
  const { warehouse } = database;
  const key = { tenant_id, integration_id: 'i' };
  await writeIntegration(warehouse, integration(key));
  const requested: string[] = [];
  for (const [index, of] of days.entries()) {
    const openai = {
      keyExpiry: async () => 1_800_000_000,
      spendLimits: async (_key: string, project: string) => {
        requested.push(project);
        const found = of(project);
        if (found instanceof ProviderError) throw found;
        return found === 'partly' ? { limits: [], isComplete: false } : { limits: found, isComplete: true };
      },
    } as unknown as OpenAi;
    const read = await readIntegration(warehouse, key);
    if (!read) throw new Error('no integration');
    const reading = {
      integration: read,
      adminKey: 'k',
      region: { host: '' },
      clock: () => Date.UTC(2026, 10, 1 + index, 5),
    };
    const projects = ['a', 'b'].map((id) => ({ id, name: id, status: 'active', created_at: null, residency: '' }));
    const archived = { id: 'c', name: 'c', status: 'archived', created_at: null, residency: '' };
    const environment = new MockActivityEnvironment();
    const list = projectsOf(index);
    const listed = { value: list === 'listed' ? [...projects, archived] : undefined, isRefused: list === 'refused' };
    const all = { reading, projects: listed, signal: new AbortController().signal };
    await environment.run(() => syncLimits({ warehouse, openai } as Dependencies, key, all));
  }
  const limits = await warehouse.query({
    name: 'limits',
    sql: `SELECT day, is_current, project_id, amount FROM spend_limits
          WHERE tenant_id = {tenant_id: String} ORDER BY day, project_id`,
    params: key,
    row: z.object({ day: z.string(), is_current: z.boolean(), project_id: z.string(), amount: z.string() }),
  });
  const readable = await warehouse.query({
    name: 'days',
    sql: 'SELECT day, is_readable FROM limit_days FINAL WHERE tenant_id = {tenant_id: String} ORDER BY day',
    params: key,
    row: z.object({ day: z.string(), is_readable: z.boolean() }),
  });
  return { limits, readable, requested, integration: await readIntegration(warehouse, key) };
}

test('each day keeps its limits; archived projects are not read', async () => {
  const { limits, requested, integration } = await syncDaily('kept', [
    (project) => (project === '' ? [limit('', '100.01')] : project === 'a' ? [limit('a', '7')] : []),
    (project) => (project === '' ? [limit('', '200')] : []),
  ]);
  expect(limits).toEqual([
    { day: '2026-11-01', is_current: false, project_id: '', amount: '100.01' },
    { day: '2026-11-01', is_current: false, project_id: 'a', amount: '7' },
    { day: '2026-11-02', is_current: true, project_id: '', amount: '200' },
  ]);
  expect(requested).toEqual(['', 'a', 'b', '', 'a', 'b']);
  expect(integration?.key_expires_at).toBe('2027-01-15T08:00:00Z');
});

test('a key that may not read limits is asked once a day, and that is said', async () => {
  const { readable, requested } = await syncDaily('refused', [() => refused]);
  expect(readable).toEqual([{ day: '2026-11-01', is_readable: false }]);
  expect(requested).toEqual(['']);
});

test('a project that refuses costs no other limit, and that is said; an outage leaves the limits of the day before', async () => {
  const { limits, readable } = await syncDaily('outage', [
    (project) => (project === 'a' ? refused : project === 'b' ? [limit('b', '5')] : []),
    (project) => (project === 'a' ? down : []),
  ]);
  expect(limits).toEqual([{ day: '2026-11-01', is_current: true, project_id: 'b', amount: '5' }]);
  expect(readable).toEqual([{ day: '2026-11-01', is_readable: false }]);
});

test.each(['', 'a'])('where the hard limit of %j is refused and its alerts are not, that is said', async (partly) => {
  const { limits, readable } = await syncDaily(`partly-${partly}`, [
    (project) => (project === partly ? 'partly' : project === 'b' ? [limit('b', '5')] : []),
  ]);
  expect(limits).toEqual([{ day: '2026-11-01', is_current: true, project_id: 'b', amount: '5' }]);
  expect(readable).toEqual([{ day: '2026-11-01', is_readable: false }]);
});

test('an outage of the list of projects leaves the limits of the day before', async () => {
  const of: Answer = (project) => (project === 'b' ? [limit('b', '5')] : []);
  const { limits, readable } = await syncDaily('list', [of, of], (index) => (index === 0 ? 'listed' : 'failed'));
  expect(limits).toEqual([{ day: '2026-11-01', is_current: true, project_id: 'b', amount: '5' }]);
  expect(readable).toHaveLength(1);
});

test('where projects are not listed, those with costs are read, and that others may have limits is said', async () => {
  const key = { tenant_id: 'unlisted', integration_id: 'i', version: 1 };
  await writeCostDays(database.warehouse, key, [
    costDay('2026-10-20', [costItem({ project_id: 'b' }), costItem({ project_id: '' })]),
    costDay('2026-09-01', [costItem({ project_id: 'old' })]),
  ]);
  const of: Answer = (project) => (project === 'b' ? [limit('b', '5')] : []);
  const { limits, readable, requested } = await syncDaily('unlisted', [of], () => 'refused');
  expect(readable).toEqual([{ day: '2026-11-01', is_readable: false }]);
  expect(requested).toEqual(['', 'b']);
  expect(limits).toEqual([{ day: '2026-11-01', is_current: true, project_id: 'b', amount: '5' }]);
});
