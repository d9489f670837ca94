import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freePort } from '#dev/stack/system/ports.ts';
import { rows, temporaryDirectory } from './with-server.ts';

/**
 * A server that can write no file of more than 4 MB, as it could not on a disk that is full: everybody may limit their
 * own processes, and the failing writes are real ones.
 */
const MAIN = join(import.meta.dirname, '../../../dev/chdb-server/main.ts');
const LIMITED = 'ulimit -f 8192; exec "$0" "$@"';
const password = 'p';
let client: ReturnType<typeof createClient>;
let stop: () => Promise<unknown>;

beforeAll(async () => {
  const port = await freePort();
  const env = {
    CLICKHOUSE_PORT: String(port),
    CLICKHOUSE_PASSWORD: password,
    CLICKHOUSE_DATA: await temporaryDirectory(),
    UV_THREADPOOL_SIZE: '16',
  };
  const server = spawn('sh', ['-c', LIMITED, process.execPath, MAIN], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(server, 'exit');
  client = createClient({ url: `http://127.0.0.1:${port}`, password, log: { level: 127 } });
  stop = async () => {
    await client.close();
    server.kill();
    await ended;
  };
  await vi.waitFor(async () => expect(await client.ping()).toEqual({ success: true }), { timeout: 60_000 });
  await client.command({ query: 'CREATE TABLE notes (a UInt32, s String) ENGINE = MergeTree ORDER BY a' });
});
afterAll(() => stop());

const NOT_ENOUGH_SPACE = expect.objectContaining({ code: '243', type: 'NOT_ENOUGH_SPACE' });
const read = (limit: number) => rows(client, `SELECT number, repeat('x', 90) AS s FROM numbers(${limit})`);

it('refuses a result that could not be written, instead of returning a shorter one', async () => {
  await expect(read(100_000)).rejects.toEqual(NOT_ENOUGH_SPACE);
  expect(await read(20_000)).toHaveLength(20_000);
});

it('refuses an upload that could not be written, and inserts nothing of it', async () => {
  const lines = Array.from({ length: 100 }, (_, n) => `${n}\t${'x'.repeat(90)}\n`.repeat(1000));
  const values = Readable.from(lines, { objectMode: false });
  await expect(client.insert({ table: 'notes', values, format: 'TabSeparated' })).rejects.toEqual(NOT_ENOUGH_SPACE);
  await client.insert({ table: 'notes', values: [{ a: 1, s: 'kept' }], format: 'JSONEachRow' });
  expect(await rows(client, 'SELECT * FROM notes')).toEqual([{ a: 1, s: 'kept' }]);
});
