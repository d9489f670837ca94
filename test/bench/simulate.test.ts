import { expect, test } from 'vitest';
import { type Read, type Sync, simulate, type Workers } from '#bench/fleet/simulate.ts';

const DAILY = 3;
const read = (seconds: number, { cpu = 0, priority = DAILY } = {}): Read => ({ seconds, cpu, priority });
const sync = (at: number, costs: Read, ...details: Read[]): Sync => ({ at, costs, details });

function run(syncs: Sync[], workers: Workers) {
  const { waitsOf, end } = simulate(syncs, workers);
  return { waits: waitsOf(DAILY), end };
}

test('reads wait for a slot, in the order in which they came', () => {
  const syncs = [sync(0, read(10)), sync(1, read(10)), sync(2, read(10))];
  expect(run(syncs, { workers: 1, slots: 1 })).toEqual({ waits: [0, 9, 18], end: 30 });
  expect(run(syncs, { workers: 1, slots: 2 })).toEqual({ waits: [0, 0, 8], end: 20 });
  expect(run(syncs, { workers: 3, slots: 1 })).toEqual({ waits: [0, 0, 0], end: 12 });
});

test('a worker waits for many responses at once, and computes for one after the other', () => {
  const syncs = [sync(0, read(10, { cpu: 5 })), sync(0, read(10, { cpu: 5 }))];
  expect(simulate(syncs, { workers: 1, slots: 2 }).end).toBe(20);
  expect(simulate(syncs, { workers: 2, slots: 1 }).end).toBe(15);
});

test('usage and names follow the costs, beside each other', () => {
  expect(run([sync(0, read(3), read(4), read(6))], { workers: 1, slots: 16 })).toEqual({
    waits: [0, 0, 0],
    end: 9,
  });
  expect(simulate([sync(0, read(3), read(4), read(6))], { workers: 1, slots: 1 }).end).toBe(13);
});

test('a read of recent days goes before a backfill that waits', () => {
  const backfill = read(10, { priority: 5 });
  const { waitsOf } = simulate([sync(0, backfill), sync(1, backfill), sync(2, read(10))], { workers: 1, slots: 1 });
  expect([waitsOf(DAILY), waitsOf(5)]).toEqual([[8], [0, 19]]);
});

test('many events come in the order of their times', () => {
  const syncs = Array.from({ length: 1_000 }, (_, index) => sync((index * 7919) % 1_000, read(1)));
  expect(run(syncs, { workers: 1, slots: 1 })).toEqual({ waits: Array(1_000).fill(0), end: 1_000 });
});
