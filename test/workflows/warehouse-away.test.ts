import { afterAll, beforeAll, expect, test } from 'vitest';
import { WarehouseError } from '#clickhouse/client/warehouse-error.ts';
import { addDays } from '#domain/day.ts';
import { startRangeSync } from '#workflows/contract/commands.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

let stack: Stack;
let isAway = false;
beforeAll(async () => {
  stack = await startStack({
    impatient: 'gives up',
    historyDays: 2,
    simulator: { factsPerDay: 3 },
    warehouseOfWorker: (warehouse) => ({
      ...warehouse,
      async insert(table, rows) {
        if (isAway) throw new WarehouseError('The warehouse is away.', '', '');
        await warehouse.insert(table, rows);
      },
    }),
  });
});
afterAll(() => stack.stop());

test('a warehouse that is away for longer than all attempts of a read costs no day', async () => {
  const integration_id = await stack.connect(stack.simulator.keys.admin);
  await stack.untilQuiet();
  const key = { tenant_id: stack.tenantId, integration_id };
  const range = { from: addDays(TODAY, -1), to: addDays(TODAY, 1) };
  stack.simulator.restateRecent();
  isAway = true;
  const sync = await startRangeSync(stack.temporal, { ...key, ...range });
  const reads = async () => {
    const { events } = await sync.fetchHistory();
    return events?.filter((event) => event.activityTaskFailedEventAttributes).length;
  };
  await expect.poll(reads, { timeout: 120_000, interval: 200 }).toBeGreaterThan(1);
  isAway = false;
  await sync.result();
  const { total } = (await stack.api(`/v1/costs?from=${range.from}&to=${range.to}`)).body;
  expect(total).toBe(stack.simulator.truth.total(range.from, range.to));
  await stack.untilQuiet();
});
