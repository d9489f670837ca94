import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { INTEGRATION_TABLES } from '#clickhouse/writes/tables.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { TASK_QUEUE } from '#workflows/contract/ids.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

/** Long enough for a disconnect that does not wait for the insert to have purged. */
const INSERT_MS = 6_000;

let stack: Stack;
let inserting = 0;
let insertsDuringPurge: number | undefined;
/** Called when the last table is purged. */
let onPurged = async () => {};
beforeAll(async () => {
  stack = await startStack({
    simulator: { factsPerDay: 3 },
    historyDays: 8,
    impatient: true,
    warehouseOfWorker: (warehouse) => ({
      ...warehouse,
      async insertBlock(table, block) {
        inserting += table === 'cost_days' ? 1 : 0;
        if (table === 'cost_days') await delay(INSERT_MS);
        await warehouse.insertBlock(table, block);
        inserting -= table === 'cost_days' ? 1 : 0;
      },
      async command(name, sql, params) {
        if (name === 'purge cost_days') insertsDuringPurge ??= inserting;
        await warehouse.command(name, sql, params);
        if (name === 'purge integration_records') await onPurged();
      },
    }),
  });
});
afterAll(() => stack.stop());

const rowsOf = async (table: string) => {
  const sql = `SELECT count() AS rows FROM ${table} FINAL`;
  return (await stack.warehouse.query({ name: 'rows', sql, row: z.object({ rows: z.coerce.number() }) }))[0]?.rows;
};
/** A day without costs, as a read that began at this time writes it. */
const writeDay = (warehouse: Warehouse, key: IntegrationKey, version: number, day = TODAY) =>
  writeCostDays(warehouse, { ...key, version }, [
    { day, provider_totals: {}, provider_total: '0', provider_total_verbatim: '0', dropped_dimensions: [], items: [] },
  ]);

test('a purge waits for inserts in progress, and what is written after it all the same is swept', async () => {
  const id = await stack.startConnecting(stack.simulator.keys.admin);
  const key = { tenant_id: stack.tenantId, integration_id: id };
  await expect.poll(() => inserting).toBeGreaterThan(0);
  const beforePurge = Date.now();
  const later = beforePurge + 3_600_000;
  onPurged = async () => {
    await writeDay(stack.warehouse, key, beforePurge);
    await writeDay(stack.warehouse, key, later, '2026-01-01'); // of a new connection
  };
  await stack.api(`/v1/integrations/${id}?purge=true`, undefined, 'DELETE');
  await stack.untilQuiet();
  expect(insertsDuringPurge).toBe(0);

  // Each table is swept in its own time.
  const written = ['cost_days', 'day_reads', 'cost_day_revisions'];
  for (const table of INTEGRATION_TABLES) {
    await expect
      .poll(async () => [table, (await rowsOf(table)) ?? 0])
      .toEqual([table, written.includes(table) ? 1 : 0]);
  }
  const versions = z.object({ version: z.coerce.number() });
  const sql = 'SELECT version FROM cost_days FINAL';
  expect(await stack.warehouse.query({ name: 'versions', sql, row: versions })).toEqual([{ version: later }]);
});

test('changes that are started by hand without a request end by themselves', async () => {
  const run = stack.temporal.workflow.execute('changeIntegration', {
    workflowId: 'by-hand/idle',
    taskQueue: TASK_QUEUE,
    args: [{ tenant_id: 'acme', integration_id: 'by-hand' }],
  });
  await expect(run).rejects.toMatchObject({ cause: { type: 'invalid_input' } });
});
