import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evaluateAnomalies } from '#activities/anomalies/evaluate-anomalies.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { addDays, daysOf } from '#domain/day.ts';
import { billed, costDay } from '../fixtures/cost-fixtures.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { TODAY } from '../support/today.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const key = { tenant_id: 't', integration_id: 'i' };
const YESTERDAY = addDays(TODAY, -1);

/** Temporal, which gives out each alert's id once. */
function temporalOf(raised: string[]): Client {
  const start = async (_type: string, { workflowId }: { workflowId: string }) => void raised.push(workflowId);
  return { workflow: { start } } as unknown as Client;
}

const write = (warehouse: Warehouse, version: number, days: readonly string[], amount: string, api_key_id = 'known') =>
  writeCostDays(
    warehouse,
    { ...key, version },
    days.map((day) =>
      costDay(day, [billed('gpt-6, output', amount, amount, 'tokens', { project_id: 'p', api_key_id })], amount),
    ),
  );

test('a judgement beside a sync that writes is tried again, and tells all of it once', async () => {
  const { warehouse } = database;
  await write(warehouse, Date.now(), daysOf({ from: addDays(TODAY, -74), to: YESTERDAY }), '20');
  await write(warehouse, Date.now(), [YESTERDAY], '50000', 'leaked');
  let isWritten = false;
  const meanwhile: Warehouse = {
    ...warehouse,
    async query(query) {
      // Costs were read; what explains them is of a later state.
      if (query.name === 'cost changes' && !isWritten) {
        isWritten = true;
        await write(warehouse, Date.now(), [YESTERDAY], '90000', 'other');
      }
      return warehouse.query(query);
    },
  };
  const raised: string[] = [];
  const temporal = temporalOf(raised);
  const judge = () => evaluateAnomalies({ warehouse: meanwhile, temporal }, key);
  await expect(judge()).rejects.toMatchObject({ type: 'costs_changed', nonRetryable: false });
  expect([isWritten, raised]).toEqual([true, []]);
  expect(await judge()).toBe(1);
  expect(raised).toEqual([`alert/t/anomaly-i-${YESTERDAY}-1`]);
});
