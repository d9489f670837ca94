import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { type Simulator, startSimulator } from '#dev/simulators/openai/simulator.ts';
import { freePort } from '#dev/stack/system/ports.ts';
import packageJson from '#package.json' with { type: 'json' };
import { createDatabase, type Database } from '../support/database.ts';
import { createNamespace } from '../support/namespace.ts';
import { composeServices } from './compose-file.ts';
import { type BuiltStage, buildImage } from './image/build-image.ts';
import { dockerfileText } from './image/dockerfile.ts';

const token = 'a-token-of-somebody';
const { publicKey, privateKey } = generateKeyPair();
const children: ChildProcess[] = [];
let image: BuiltStage;
let workflows: BuiltStage;
let removeImage: () => Promise<void>;
let database: Database;
let namespace: Awaited<ReturnType<typeof createNamespace>>;
let simulator: Simulator;

beforeAll(async () => {
  const building = buildImage();
  [database, namespace, simulator] = await Promise.all([
    createDatabase(),
    createNamespace(),
    startSimulator({ factsPerDay: 5 }),
  ]);
  const built = await building;
  removeImage = built.remove;
  [image, workflows] = await Promise.all([built.stage('image'), built.stage('workflows')]);
  // As new: the worker is to migrate it.
  const administrator = openWarehouse({ ...database.options, database: 'default' });
  await administrator.command('drop the database', `DROP DATABASE ${database.options.database}`);
  await administrator.command('create it again', `CREATE DATABASE ${database.options.database}`);
  await administrator.close();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all([namespace.close(), simulator.close(), database.drop(), removeImage()]);
});

test('the image holds all that it imports, and no more packages than it imports', () => {
  const files = globSync('**/*.ts', { cwd: image.directory, exclude: ['node_modules'] });
  expect(files).toEqual(expect.arrayContaining(['api/main.ts', 'worker/main.ts', 'worker/migrate.ts']));
  const packages = new Set([...packagesOf(image), ...packagesOf(workflows)]);
  expect([...packages].sort()).toEqual(Object.keys(packageJson.dependencies).sort());
});

test('the image holds the page, the bundled workflows and one platform, and nothing of development', () => {
  const inImage = (path: string) => join(image.directory, path);
  expect(existsSync(inImage('web/dist/index.html'))).toBe(true);
  expect(readdirSync(inImage('workflows')).sort()).toEqual(['bundle.js', 'contract']);
  if (process.platform === 'linux') {
    expect(readdirSync(inImage('node_modules/@temporalio/core-bridge/releases'))).toHaveLength(1);
  }
  for (const path of ['dev', 'test', 'web/src', 'node_modules/vite', 'node_modules/chdb', '.env', '.git']) {
    expect(existsSync(inImage(path)), path).toBe(false);
  }
});

test.each([
  ['page', 'COPY domain domain\nCOPY web web', 'COPY web web', /^Stage page: RUN .*resolve import "#domain\//s],
  ['workflows', 'COPY domain domain\nCOPY worker/', 'COPY worker/', /^Stage workflows: RUN .*resolve '#domain\//s],
  ['page', 'tsconfig.json ./', 'dev ./', /^Stage page: COPY package.json package-lock.json dev .\/: dev is not there$/],
])('the build fails where the stage %s lacks a file, and says which', async (target, text, without, message) => {
  expect(dockerfileText).toContain(text);
  const dockerfile = dockerfileText.replace(text, without);
  await expect(buildImage({ dockerfile, target })).rejects.toThrow(message);
});

test('what Compose starts becomes healthy, connects an organization, and stops on SIGTERM', async () => {
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
  const [health, metrics] = [await freePort(), `127.0.0.1:${await freePort()}`];
  const healthChecks = () => Promise.all([runHealthCheck('api', 8080, port), runHealthCheck('worker', 8081, health)]);
  expect(await healthChecks()).toEqual([1, 1]);

  const worker = start('worker', {
    OPENAI_BASE_URL: simulator.url,
    METRICS_ADDRESS: metrics,
    HEALTH_ADDRESS: `127.0.0.1:${health}`,
  });
  const asksToMigrate = ({ output }: typeof worker) =>
    expect(output()).toMatch(/run npm run migrate.*the warehouse: waits/);
  await vi.waitFor(() => asksToMigrate(worker), { timeout: 100_000, interval: 100 });
  expect((await fetch(`http://127.0.0.1:${health}/health`)).status).toBe(200);
  expect(await healthChecks()).toEqual([1, 1]);
  expect(worker.output().match(/waits/g)).toHaveLength(1); // however often it has tried

  const migrated = start('migrate', {});
  expect(await migrated.exit, migrated.output()).toEqual([0, null]);
  await vi.waitFor(() => expect(worker.output()).toContain('worker is ready'), { timeout: 100_000, interval: 100 });
  for (const line of worker.output().trim().split('\n')) expect(() => JSON.parse(line), line).not.toThrow();
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
  const shown = await Promise.all(['/', '/docs', '/openapi.json'].map((path) => fetch(url + path)));
  expect(shown.map(({ status }) => status)).toEqual([200, 200, 200]);

  for (const container of [api, worker]) {
    container.child.kill('SIGTERM');
    expect(await container.exit, container.output()).toEqual([0, null]);
  }
});

type AppName = 'api' | 'worker' | 'migrate';

/** A service as Compose would run it here. */
function app(name: AppName): { command: string[]; check: string[]; env: NodeJS.ProcessEnv } {
  const services = composeServices({
    API_TOKEN: token,
    CLICKHOUSE_PASSWORD: 'of no use here',
    CLICKHOUSE_MIGRATE_PASSWORD: 'of no use here',
    CLICKHOUSE_INGEST_PASSWORD: 'of no use here',
    CLICKHOUSE_API_PASSWORD: 'of no use here',
    POSTGRES_PASSWORD: 'of no use here',
    SEALING_PUBLIC_KEY: publicKey,
    SEALING_PRIVATE_KEY: privateKey,
  });
  const { command = [], healthcheck, environment } = services[name] ?? {};
  const servers = {
    CLICKHOUSE_URL: database.options.url,
    CLICKHOUSE_USER: 'default', // the embedded engine has no other
    CLICKHOUSE_PASSWORD: database.options.password,
    CLICKHOUSE_DATABASE: database.options.database,
    TEMPORAL_ADDRESS: namespace.address,
    TEMPORAL_NAMESPACE: namespace.namespace,
  };
  const [, ...check] = healthcheck?.test ?? [];
  return { command, check, env: { ...image.env, ...environment, ...servers } };
}

/** Runs a command in the image, with this Node. */
function run([command = '', ...args]: string[], env: NodeJS.ProcessEnv) {
  const executable = command === 'node' ? process.execPath : `/bin/${command}`;
  const child = spawn(executable, args, { cwd: image.directory, env, stdio: 'pipe' });
  children.push(child);
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  return { child, exit: once(child, 'exit'), output: () => Buffer.concat(chunks).toString() };
}

function start(name: AppName, differences: NodeJS.ProcessEnv) {
  const { command, env } = app(name);
  return run(command, { ...env, ...differences });
}

/** @returns the exit code of the service's health check, with another port in place of its own */
async function runHealthCheck(name: AppName, own: number, port: number): Promise<number> {
  const { check, env } = app(name);
  const [code] = await run(
    check.map((word) => word.replace(`/${own} `, `/${port} `)),
    env,
  ).exit;
  return code;
}

/** The packages that a stage's files import. Fails where they import a file or a package that the stage lacks. */
function packagesOf({ directory }: BuiltStage): Set<string> {
  const packages = new Set<string>();
  for (const file of globSync('**/*.ts', { cwd: directory, exclude: ['node_modules'] })) {
    for (const specifier of importsOf(readFileSync(join(directory, file), 'utf8'))) {
      if (specifier.startsWith('node:')) continue;
      const isPackage = /^[^.#]/.test(specifier);
      if (isPackage) packages.add(packageOf(specifier));
      const path = isPackage
        ? join('node_modules', packageOf(specifier))
        : specifier.replace(/^#/, '').replace(/^\./, `${dirname(file)}/.`);
      expect(existsSync(resolve(directory, path)), `${file} imports ${specifier}`).toBe(true);
    }
  }
  return packages;
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
