import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { rows, withServer } from './with-server.ts';

const server = withServer();

it('inserts 50 MB as one block, so that all of it is seen at one instant', async () => {
  await server.client.command({
    query:
      'CREATE TABLE days (day UInt16, items Nested(name String, amount Decimal(38, 18))) ENGINE = ReplacingMergeTree ORDER BY day',
  });
  const names = Array.from({ length: 20_000 }, (_, n) => `a line item of a believable length, number ${n}`);
  const values = Array.from({ length: 31 }, (_, day) => ({
    day,
    'items.name': names,
    'items.amount': names.map((_, n) => `0.0000000000000000${String(n % 100).padStart(2, '0')}`),
  }));
  expect(JSON.stringify(values[0]).length * values.length).toBeGreaterThan(45_000_000);
  await server.client.insert({ table: 'days', values, format: 'JSONEachRow' });
  const parts =
    "SELECT count()::UInt8 AS parts, sum(rows)::UInt8 AS rows FROM system.parts WHERE table = 'days' AND active";
  expect(await rows(server.client, parts)).toEqual([{ parts: 1, rows: 31 }]);
  const sum = 'SELECT count()::UInt32 AS n, toString(sum(items.amount)) AS sum FROM days ARRAY JOIN items';
  expect(await rows(server.client, sum)).toEqual([{ n: 620_000, sum: '0.00000000003069' }]);
});

it('returns results of about the size that memory takes whole, each time', async () => {
  const sizes = Array.from({ length: 40 }, (_, n) => 1_048_000 + n * 30_000);
  const lengths = sizes.map(async (size) => {
    const result = await server.client.query({
      query: `SELECT repeat('tenletters', ${size / 10}) AS x`,
      format: 'JSONEachRow',
    });
    return (await result.text()).length;
  });
  expect(await Promise.all(lengths)).toEqual(sizes.map((size) => size + '{"x":""}\n'.length));
});

// macOS has no /proc.
const onLinux = it.runIf(process.platform === 'linux');

onLinux('does not keep an upload in memory', async () => {
  const line = `${'x'.repeat(99)}\n`.repeat(10_000);
  const values = Readable.from(
    Array.from({ length: 400 }, () => line),
    { objectMode: false },
  );
  await server.client.command({ query: 'CREATE TABLE big (s String) ENGINE = MergeTree ORDER BY tuple()' });
  // The engine collects 256 MB before it writes a part, by default.
  const clickhouse_settings = {
    input_format_parallel_parsing: 0 as const,
    max_threads: 1,
    min_insert_block_size_rows: '10000',
    min_insert_block_size_bytes: '10000000',
    max_insert_block_size: '10000',
  };
  const watch = watchMemory();
  await server.client.insert({ table: 'big', values, format: 'TabSeparated', clickhouse_settings });
  expect(watch.stop()).toBeLessThan(300);
  expect(await rows(server.client, 'SELECT count()::UInt32 AS n FROM big')).toEqual([{ n: 4_000_000 }]);
});

onLinux('does not keep a result in memory', async () => {
  const watch = watchMemory();
  const { stream } = await server.client.exec({ query: "SELECT repeat('x', 99) FROM numbers(3000000) FORMAT TSV" });
  let bytes = 0;
  for await (const chunk of stream) bytes += (chunk as Buffer).length;
  expect(bytes).toBe(300_000_000);
  expect(watch.stop()).toBeLessThan(200);
});

/** How many megabytes the engine's memory grew at most. */
function watchMemory() {
  const before = residentMegabytes();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, residentMegabytes());
  }, 20);
  return {
    stop() {
      clearInterval(timer);
      return peak - before;
    },
  };
}

function residentMegabytes(): number {
  const status = readFileSync(`/proc/${server.engine.pid}/status`, 'utf8');
  return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
