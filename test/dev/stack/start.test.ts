import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readProcesses } from '#dev/stack/supervisor/leftover-processes.ts';
import { freePort } from '#dev/stack/system/ports.ts';
import { processStart } from '#dev/stack/system/process-start.ts';
import { createDatabase, type Database } from '../../support/database.ts';
import { createNamespace } from '../../support/namespace.ts';

const directory = mkdtempSync(join(tmpdir(), 'pump-start-'));
let database: Database;
const namespaces: Awaited<ReturnType<typeof createNamespace>>[] = [];

beforeAll(async () => {
  database = await createDatabase();
});
// Those that a failed test left behind.
const running = new Set<ChildProcess>();
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await Promise.all([database.drop(), ...namespaces.map((each) => each.close())]);
  rmSync(directory, { recursive: true, force: true });
});

/** The servers of this run, with a data directory, a port and a namespace that no other test has. */
async function environmentOf(name: string): Promise<Record<string, string>> {
  const temporal = await createNamespace();
  namespaces.push(temporal);
  return {
    PATH: process.env.PATH ?? '',
    DATA_DIR: join(directory, name),
    PORT: String(await freePort()),
    CLICKHOUSE_URL: database.options.url,
    CLICKHOUSE_PASSWORD: database.options.password,
    CLICKHOUSE_DATABASE: database.options.database,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
  };
}

const partsIn = ({ DATA_DIR = '' }: Record<string, string>) => readProcesses(join(DATA_DIR, 'processes.json'))?.parts;

/** Runs a command of the laptop; `output` is stdout and stderr as a terminal shows them. */
function run(file: string, env: Record<string, string | undefined>, args: string[] = []) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], { env });
  running.add(child);
  let output = '';
  const heard = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
      for (const hear of heard) hear();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve)).finally(() =>
    running.delete(child),
  );
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const hear = () => output.includes(text) && resolve();
      heard.add(hear);
      hear();
      ended.then(() => reject(new Error(`it ended without saying ${JSON.stringify(text)}:\n${output}`)));
    });
  return { child, ended, says, output: () => output };
}

// Each test has a data directory of its own, and waits for processes most of the time.
describe.concurrent('npm start', () => {
  it('uses the servers that are given, prints lines that work when pasted, and stops with all its parts', async () => {
    const environment = await environmentOf('stopped');
    const start = run('dev/start.ts', environment);
    await start.says('Ctrl-C stops everything');
    const pids = partsIn(environment)?.map(({ name, pid }) => [name, pid] as const) ?? [];
    expect(pids.map(([name]) => name)).toEqual(['worker', 'api']);

    const lines = start
      .output()
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.trim());
    const pasted = lines.filter((line) => line.startsWith('curl') && !line.includes('sk-admin-…'));
    const responses = await Promise.all(
      pasted.map((line) => promisify(execFile)('/bin/sh', ['-c', `${line} --silent --fail`])),
    );
    expect(
      start
        .output()
        .split('\n')
        .filter((line) => line.startsWith('  ') && line.length > 80),
    ).toEqual([]);
    expect(responses.map(({ stdout }) => stdout.trim())).toEqual([
      '{"data":[]}',
      expect.stringMatching(/^\{.*"total":"0"/),
      expect.stringMatching(/^0$/),
    ]);

    start.child.kill('SIGTERM');
    start.child.kill('SIGINT'); // one more while it stops
    expect(await start.ended).toBe(0);
    expect(pids.map(([, pid]) => processStart(pid))).toEqual([undefined, undefined]);
    expect(statSync(join(directory, 'stopped', 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('says which part died, stops the others and exits with 1', async () => {
    const environment = await environmentOf('killed');
    const start = run('dev/start.ts', environment);
    await start.says('Ctrl-C stops everything');
    const parts = partsIn(environment) ?? [];
    const api = parts.find(({ name }) => name === 'api');
    process.kill(api?.pid ?? 0, 'SIGKILL');
    expect(await start.ended).toBe(1);
    expect(start.output()).toContain('The API was ended by SIGKILL. The end of ');
    expect(parts.map(({ pid }) => processStart(pid))).toEqual([undefined, undefined]);
  });

  it('starts nothing where a port is taken', async () => {
    const environment = await environmentOf('taken');
    const other = createServer().listen(Number(environment.PORT), '127.0.0.1');
    const start = run('dev/start.ts', environment);
    expect(await start.ended).toBe(1);
    other.close();
    expect(start.output().trim()).toMatch(
      /^Port \d+ is in use by another program: .* set PORT to another port, as in PORT=\d+ npm start\.$/,
    );
    expect(partsIn(environment)).toBeUndefined();
  });

  it.each([
    [
      { CLICKHOUSE_URL: 'http://127.0.0.1:1' },
      /^CLICKHOUSE_URL is http:\/\/127\.0\.0\.1:1, but no ClickHouse responds there/,
    ],
    [{ CLICKHOUSE_PASSWORD: undefined }, /^The ClickHouse at .* refuses the user default: set its CLICKHOUSE_USER/],
    [{ TEMPORAL_ADDRESS: '127.0.0.1:1' }, /^TEMPORAL_ADDRESS is 127\.0\.0\.1:1, but no Temporal responds there/],
    [{ DATA_DIR: '/dev/null' }, /^The data directory \/dev\/null cannot be written/],
    [{ PORT: 'eighty' }, /^The environment is not right\. PORT/],
  ])('says what is wrong with %o', async (wrong, message) => {
    const start = run('dev/start.ts', { ...(await environmentOf(Object.keys(wrong).join())), ...wrong });
    expect(await start.ended).toBe(1);
    expect(start.output().trim()).toMatch(message);
    expect(start.output().trim().split('\n')).toHaveLength(1);
  });
});

describe.concurrent('npm run demo', () => {
  it('explains its options, and refuses others', async () => {
    const environment = await environmentOf('demo');
    const [help, unknown] = [
      run('dev/demo/main.ts', environment, ['--help']),
      run('dev/demo/main.ts', environment, ['--fast']),
    ];
    expect([await help.ended, await unknown.ended]).toEqual([0, 1]);
    expect(help.output()).toContain('--once');
    expect(unknown.output()).toMatch(/^\nUnknown option '--fast'.*\nnpm run demo -- --help shows the options\.\n$/s);
  });
});
