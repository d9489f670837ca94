import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dayWriter } from '#activities/sync/day-writer.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { DayRow } from '#clickhouse/day-rows/day-row.ts';

const KEY = { tenant_id: 't', integration_id: 'i' };
const SHARE = 2;
const daysOf = (bytes: number) => [{ bytes } as DayRow];

/** A writer before a warehouse that answers nothing until its statements are given up. */
function behind() {
  const giveUp: ((reason: Error) => void)[] = [];
  const warehouse = { query: () => new Promise((_, reject) => giveUp.push(reject)) } as unknown as Warehouse;
  const heldDays = { share: () => SHARE, whileHolding: <T>(run: () => Promise<T>) => run() };
  return { giveUp, writer: dayWriter({ warehouse, heldDays }, KEY) };
}

test('while two writes are on their way no further days are taken', async () => {
  const { giveUp, writer } = behind();
  const writes = [writer.add(daysOf(SHARE)), writer.add(daysOf(SHARE))];
  let isTaken = false;
  const third = writer.add(daysOf(1)).then(() => {
    isTaken = true;
  });
  await setImmediate();
  expect([giveUp.length, isTaken]).toEqual([2, false]);
  giveUp[0]?.(new Error('the warehouse is away'));
  await expect(writes[0]).rejects.toThrow('away');
  await third;
  expect(isTaken).toBe(true);
  giveUp[1]?.(new Error('the warehouse is away'));
  await expect(writes[1]).rejects.toThrow('away');
});

test('where no day is held, a flush asks the warehouse for nothing', async () => {
  const { giveUp, writer } = behind();
  await writer.flush();
  expect(giveUp).toEqual([]);
});
