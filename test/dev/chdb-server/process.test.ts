import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ChdbServer, startChdbServer } from '#dev/chdb-server/spawn.ts';
import { freePort } from '#dev/stack/system/ports.ts';
import { rows, temporaryDirectory } from './with-server.ts';

const MAIN = join(import.meta.dirname, '../../../dev/chdb-server/main.ts');
const SLOW = 'SELECT sum(sipHash64(number)) FROM system.numbers';

let directory: string;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const connect = ({ url, password }: ChdbServer) => createClient({ url, password, log: { level: 127 } });

/** Runs main.ts to its end. */
async function run(environment: Record<string, string>) {
  const env = { CLICKHOUSE_PASSWORD: 'p', CLICKHOUSE_PORT: '1', ...environment };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { stdout, stderr, code };
}

// Each test has a directory of its own, and waits for processes most of the time.
describe.concurrent('kill -9', () => {
  it('loses no insert that was acknowledged, keeps none in halves, and leaves no files behind', async () => {
    const data = join(directory, 'killed');
    const SIZE = 1000;
    const acknowledged: number[] = [];
    for (let round = 0; round < 3; round++) {
      const engine = await startChdbServer({ directory: data });
      const client = connect(engine);
      await client.command({
        query: 'CREATE TABLE IF NOT EXISTS batches (batch UInt32, s String) ENGINE = MergeTree ORDER BY batch',
      });
      const insert = async (batch: number) => {
        const values = Array.from({ length: SIZE }, () => ({ batch, s: 'x'.repeat(100) }));
        await client.insert({ table: 'batches', values, format: 'JSONEachRow' });
        acknowledged.push(batch);
      };
      let next = round * 1000;
      const writers = Promise.allSettled(
        [1, 2, 3].map(async () => {
          while (true) await insert(next++);
        }),
      );
      await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(round * 10 + 10), {
        interval: 5,
        timeout: 60_000,
      });
      await engine.kill();
      expect((await writers).every(({ status }) => status === 'rejected')).toBe(true);
      await client.close();
    }
    await writeFile(join(data, 'spool', 'left-over'), 'x');
    const engine = await startChdbServer({ directory: data });
    expect(await readdir(join(data, 'spool'))).toEqual([]);
    const client = connect(engine);
    const found = await rows<{ batch: number; n: number }>(
      client,
      'SELECT batch, count()::UInt32 AS n FROM batches GROUP BY batch',
    );
    expect(found.filter(({ n }) => n !== SIZE)).toEqual([]);
    const batches = new Set(found.map(({ batch }) => batch));
    expect(acknowledged.filter((batch) => !batches.has(batch))).toEqual([]);
    await client.close();
    await engine.stop();
  });
});

describe('stopping', () => {
  it('kills what runs, and is gone', async () => {
    const engine = await startChdbServer({ directory: join(directory, 'stopped') });
    const client = connect(engine);
    const query = client.command({ query: SLOW }).then(
      () => 'done',
      () => 'failed',
    );
    await vi.waitFor(async () => expect(await rows(client, 'SELECT 1 FROM system.processes')).toHaveLength(2), {
      timeout: 60_000,
      interval: 10,
    });
    await engine.stop(); // else it would run on without an end
    expect(await query).toBe('failed');
    await client.close();
  });

  it('follows a parent that has died', async () => {
    const script = `
      const { startChdbServer } = await import(${JSON.stringify(join(import.meta.dirname, '../../../dev/chdb-server/spawn.ts'))});
      const { pid } = await startChdbServer({ directory: ${JSON.stringify(join(directory, 'orphan'))} });
      process.stdout.write(String(pid));`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = await once(parent.stdout, 'data');
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH'), {
      timeout: 60_000,
      interval: 20,
    });
  });
});

describe.concurrent('a start that must fail', () => {
  it('says that the data are in use, and by which process', async () => {
    const data = join(directory, 'shared');
    const engine = await startChdbServer({ directory: data });
    const { stderr, code } = await run({ CLICKHOUSE_DATA: data, CLICKHOUSE_PORT: String(await freePort()) });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n').at(-1)).toBe(
      `The ClickHouse data in ${data} cannot be opened while process ${engine.pid} has them open: stop that one, and start again.`,
    );
    const client = connect(engine);
    expect(await rows(client, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
    await client.close();
    await engine.stop();
  });

  it('says that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    expect(await run({ CLICKHOUSE_DATA: join(directory, 'port'), CLICKHOUSE_PORT: String(port) })).toMatchObject({
      code: 1,
      stderr: `Port ${port} is in use by another program: stop that one, or set CLICKHOUSE_PORT to another port.\n`,
    });
    other.close();
  });

  it('says that ClickHouse would take the path for a pattern', async () => {
    const { code, stderr } = await run({ CLICKHOUSE_DATA: join(directory, 'a{b,c}') });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^The data cannot be kept in .*: /)]);
  });

  it('says what is missing in the environment', async () => {
    expect(await run({ CLICKHOUSE_DATA: join(directory, 'environment'), CLICKHOUSE_PASSWORD: '' })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('CLICKHOUSE_PASSWORD is not set'),
    });
  });
});

it.concurrent('reads no config.xml of the current directory', async () => {
  const data = join(directory, 'it\'s an [odd] "place"; \\');
  await mkdir(data, { recursive: true });
  await writeFile(join(data, 'config.xml'), '<clickhouse><users_config>nowhere.xml</users_config></clickhouse>');
  const engine = await startChdbServer({ directory: data });
  const client = connect(engine);
  await client.command({ query: 'CREATE TABLE t (a UInt8) ENGINE = Memory' });
  await client.insert({ table: 't', values: [{ a: 1 }], format: 'JSONEachRow' });
  expect(await rows(client, 'SELECT a FROM t')).toEqual([{ a: 1 }]);
  await client.close();
  await engine.stop();
});
