import { z } from 'zod';
import { INTEGRATION_TABLES } from '#clickhouse/writes/tables.ts';
import type { Product } from '../product/product.ts';
import { TENANT } from '../product/tenant.ts';

/** What an integration is between two phases. */
export type State = 'absent' | 'connected' | 'disconnected';

/** The ids of the tenant's workflows that run. */
export async function openWorkflows({ temporal }: Product): Promise<string[]> {
  const open: string[] = [];
  for await (const { workflowId } of temporal.workflow.list({ query: `ExecutionStatus = 'Running'` })) {
    if (workflowId.split('/').includes(TENANT)) open.push(workflowId);
  }
  return open;
}

/** What is not as it is in a state: the integration, its key, its schedule, and rows where there should be none. */
export async function checkState(product: Product, state: State): Promise<string[]> {
  const wrong: string[] = [];
  const expect = (what: string, found: unknown, expected: unknown) => {
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      wrong.push(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
    }
  };
  const { body } = await product.api.get('/v1/integrations');
  const integrations = body.data as IntegrationView[];
  const rowsOf = async (table: string, condition = 'true') =>
    (await product.sql(`SELECT count() AS rows FROM ${table} FINAL WHERE ${condition}`, count))[0]?.rows;

  expect('integrations', integrations.length, state === 'absent' ? 0 : 1);
  expect('sealed keys', await rowsOf('credentials'), state === 'connected' ? 1 : 0);
  expect(
    'schedules',
    await schedulesOf(product),
    state === 'connected' ? [`daily-sync/${TENANT}/${integrations[0]?.id}`] : [],
  );
  if (state === 'absent') {
    // Alerts of a budget of all costs stay.
    for (const table of INTEGRATION_TABLES) expect(table, await rowsOf(table, `integration_id != ''`), 0);
  }
  for (const { status, problem, next_sync_at, coverage, reconciliation } of integrations) {
    expect('status', status, state);
    expect('problem', problem, null);
    expect('missing days', coverage.missing_days, 0);
    expect('difference', reconciliation.difference, '0');
    expect('a next sync', next_sync_at !== null, state === 'connected');
  }
  return wrong;
}

type IntegrationView = {
  id: string;
  status: string;
  problem: unknown;
  next_sync_at: string | null;
  coverage: { missing_days: number };
  reconciliation: { difference: string };
};
const count = { rows: z.coerce.number() };

async function schedulesOf({ temporal }: Product): Promise<string[]> {
  const ids: string[] = [];
  for await (const { scheduleId } of temporal.schedule.list()) {
    if (scheduleId.split('/').includes(TENANT)) ids.push(scheduleId);
  }
  return ids;
}
