import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { freePort } from '#dev/stack/ports.ts';
import packageJson from '#package.json' with { type: 'json' };
import { createDatabase, type Database } from '../support/database.ts';
import { createNamespace } from '../support/namespace.ts';
import { composeServices } from './compose-file.ts';
import { layOutImage } from './image-files.ts';

const token = 'a-token-of-somebody';
const { publicKey, privateKey } = generateKeyPair();
const children: ChildProcess[] = [];
let image: string;
let database: Database;
let namespace: Awaited<ReturnType<typeof createNamespace>>;
let simulator: Simulator;

beforeAll(async () => {
  image = layOutImage();
  [database, namespace, simulator] = await Promise.all([
    createDatabase(),
    createNamespace(),
    startSimulator({ factsPerDay: 5 }),
  ]);
  // As new: the worker is to migrate it.
  const administrator = openWarehouse({ ...database.options, database: 'default' });
  await administrator.command('drop the database', `DROP DATABASE ${database.options.database}`);
  await administrator.command('create it again', `CREATE DATABASE ${database.options.database}`);
  await administrator.close();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all([namespace.close(), simulator.close(), database.drop()]);
  rmSync(image, { recursive: true });
});

test('the image holds all that it imports, and no more packages than it installs', () => {
  const files = globSync('**/*.ts', { cwd: image, exclude: ['node_modules'] });
  expect(files).toEqual(expect.arrayContaining(['api/main.ts', 'worker/main.ts', 'worker/health.ts']));
  const packages = new Set<string>();
  for (const file of files) {
    for (const specifier of importsOf(readFileSync(join(image, file), 'utf8'))) {
      if (specifier.startsWith('.')) {
        expect(existsSync(resolve(image, dirname(file), specifier)), `${file} imports ${specifier}`).toBe(true);
      } else if (!specifier.startsWith('node:')) {
        packages.add(packageOf(specifier));
      }
    }
  }
  expect([...packages].sort()).toEqual(Object.keys(packageJson.dependencies).sort());
});

test('what Compose starts becomes healthy, connects an organization, and stops when told to', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const api = start('api', { PORT: String(port), HOST: '127.0.0.1' });
  await vi.waitFor(async () => expect((await fetch(`${url}/health`)).status).toBe(200), { timeout: 60_000 });
  await vi.waitFor(
    async () => {
      const unready = await fetch(`${url}/ready`);
      expect([unready.status, await unready.json()]).toEqual([503, { ready: false, warehouse: false, temporal: true }]);
    },
    { timeout: 60_000 },
  );
  const healthChecks = () => Promise.all([runHealthCheck('api', port), runHealthCheck('worker', port)]);
  expect(await healthChecks()).toEqual([1, 1]);

  const metrics = `127.0.0.1:${await freePort()}`;
  const worker = start('worker', { OPENAI_BASE_URL: simulator.url, METRICS_ADDRESS: metrics });
  await vi.waitFor(() => expect(worker.output()).toContain('worker is ready'), { timeout: 100_000, interval: 100 });
  await vi.waitFor(async () => expect(await healthChecks(), worker.output()).toEqual([0, 0]), { timeout: 60_000 });
  const authorization = `Bearer ${token}`;
  let connected = await fetch(`${url}/v1/integrations`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ admin_key: simulator.keys.admin }),
  });
  while (connected.status === 202) {
    connected = await fetch(url + connected.headers.get('location'), { headers: { authorization } });
  }
  expect([connected.status, await connected.json()]).toMatchObject([201, { organization: simulator.organization }]);

  expect((await fetch(`http://${metrics}/metrics`)).status).toBe(200);

  for (const container of [api, worker]) {
    container.child.kill('SIGTERM');
    expect(await container.exit, container.output()).toEqual([0, null]);
  }
});

type AppName = 'api' | 'worker';

/** A service as Compose would run it here. */
function app(name: AppName): { command: string[]; check: string[]; env: NodeJS.ProcessEnv } {
  const services = composeServices({
    API_TOKEN: token,
    CLICKHOUSE_PASSWORD: database.options.password,
    POSTGRES_PASSWORD: 'of no use here',
    SEALING_PUBLIC_KEY: publicKey,
    SEALING_PRIVATE_KEY: privateKey,
  });
  const { command = [], healthcheck, environment } = services[name] ?? {};
  const servers = {
    CLICKHOUSE_URL: database.options.url,
    CLICKHOUSE_DATABASE: database.options.database,
    TEMPORAL_ADDRESS: namespace.address,
    TEMPORAL_NAMESPACE: namespace.namespace,
  };
  const [, ...check] = healthcheck?.test ?? [];
  return { command, check, env: { NODE_ENV: 'production', ...environment, ...servers } };
}

/** Runs `node …` in the image. */
function run([node, ...args]: string[], env: NodeJS.ProcessEnv) {
  expect(node).toBe('node');
  const child = spawn(process.execPath, args, { cwd: image, env, stdio: 'pipe' });
  children.push(child);
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  return { child, exit: once(child, 'exit'), output: () => Buffer.concat(chunks).toString() };
}

function start(name: AppName, differences: NodeJS.ProcessEnv) {
  const { command, env } = app(name);
  return run(command, { ...env, ...differences });
}

/** @returns the exit code of the service's health check, asked on the port that the API has here */
async function runHealthCheck(name: AppName, port: number): Promise<number> {
  const { check, env } = app(name);
  const [code] = await run(
    check.map((word) => word.replace(':8080/', `:${port}/`)),
    env,
  ).exit;
  return code;
}

/** What a file imports when it runs: types are gone by then. */
function importsOf(source: string): string[] {
  const statements = source.matchAll(/^(?:import|export) (?!type\b)(?:[^'";]*? from )?'([^']+)'/gm);
  return [...statements].map(([, specifier = '']) => specifier);
}

const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
