import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DCLinter } from 'dclint';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { parseEnvironment } from '#environment/parse.ts';
import { apiEnvironment, migrateEnvironment, workerEnvironment } from '#environment/processes.ts';
import packageJson from '#package.json' with { type: 'json' };
import { composePath, composeServices, composeText, variablesOf } from './compose-file.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const { publicKey, privateKey } = generateKeyPair();
const secrets = {
  API_TOKEN: 'a-token-of-somebody',
  CLICKHOUSE_PASSWORD: 'the-password-of-sql',
  CLICKHOUSE_MIGRATE_PASSWORD: 'of-the-migration-in-sql',
  CLICKHOUSE_INGEST_PASSWORD: 'of-the-worker-in-sql',
  CLICKHOUSE_API_PASSWORD: 'of-the-api-in-sql',
  POSTGRES_PASSWORD: 'the-password-of-postgres',
  SEALING_PUBLIC_KEY: publicKey,
  SEALING_PRIVATE_KEY: privateKey,
};
const services = composeServices(secrets);
const named = Object.entries(services);
const longRunning = named.filter(([, { restart }]) => restart === 'unless-stopped');
const once = named.filter(([, { restart }]) => restart.startsWith('on-failure'));

/** The services that get a secret, under any name. */
const holdersOf = (secret: string) =>
  named.filter(([, { environment }]) => Object.values(environment).includes(secret)).map(([name]) => name);

/** What dclint says; its own types do not resolve here. */
type Finding = { rule: string; message: string };
const messagesOf = ({ messages }: { messages: Finding[] }) => messages;

describe('docker-compose.yml', () => {
  test('fits the Compose schema', () => {
    const linter = new DCLinter({ rules: {}, quiet: true, debug: false, exclude: [] });
    const findings: Finding[] = linter.lintFiles([fileURLToPath(composePath)], false).flatMap(messagesOf);
    expect(findings.filter(({ rule }) => rule === 'invalid-schema')).toEqual([]);
    expect(findings.length).toBeGreaterThan(0); // of style, which is ours: it did read the file
  });

  test.each(named)('pins the image of %s', (_, { image }) => {
    expect(image).toMatch(/^[\w./-]+:\d+(\.\d+)+(-[a-z]+)?$/);
  });

  test('restarts what runs for long, and what failed to run once', () => {
    const names = once.map(([name]) => name).sort();
    expect(names).toEqual(['clickhouse-users', 'migrate', 'temporal-namespace', 'temporal-schema']);
    expect(longRunning.length + once.length).toBe(named.length);
  });

  test.each(longRunning)('checks the health of %s', (_, { healthcheck }) => {
    expect(healthcheck?.test[0]).toBe('CMD');
  });

  test('bounds every log, and the memory of what is ours', () => {
    for (const [name, { logging }] of named) expect([name, logging.options['max-size']]).toEqual([name, '20m']);
    const limits = ['api', 'worker', 'migrate'].map((name) => services[name]?.mem_limit);
    expect(limits).toEqual(['1g', '2g', '512m']);
  });

  test('waits for health, and for what runs once to have succeeded', () => {
    const conditions = { ...of(longRunning, 'service_healthy'), ...of(once, 'service_completed_successfully') };
    for (const [, { depends_on }] of named) {
      for (const [name, { condition }] of Object.entries(depends_on)) expect(condition).toBe(conditions[name]);
    }
    for (const app of [services.api, services.worker]) {
      expect(Object.keys(app?.depends_on ?? {})).toEqual(['migrate', 'temporal-namespace']);
    }
  });

  test('publishes the API and the Temporal UI, on loopback', () => {
    const ports = named.flatMap(([name, service]) => service.ports.map((port) => [name, port]));
    expect(ports).toEqual([
      ['api', '127.0.0.1:8080:8080'],
      ['temporal-ui', '127.0.0.1:8233:8080'],
    ]);
  });

  test('holds no secret, and says which one is missing', () => {
    const required = variablesOf(composeText).filter((variable) => variable.required);
    // An identity provider may stand in for API_TOKEN: the API says what it lacks.
    const { API_TOKEN: _, ...needed } = secrets;
    expect(new Set(required.map(({ name }) => name))).toEqual(new Set(Object.keys(needed)));
    for (const name of Object.keys(needed)) {
      expect(() => composeServices({ ...secrets, [name]: '' })).toThrow(`${name} is `);
    }
    const values = named.flatMap(([, { environment }]) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|PWD|TOKEN|_KEY/.test(name)),
    );
    expect(values.length).toBeGreaterThan(6);
    for (const [, value] of values) expect([...Object.values(secrets), '']).toContain(value);
  });

  test('gives each secret only to the services that need it', () => {
    expect(holdersOf(secrets.API_TOKEN)).toEqual(['api']);
    expect(holdersOf(secrets.SEALING_PUBLIC_KEY)).toEqual(['api']);
    expect(holdersOf(secrets.SEALING_PRIVATE_KEY)).toEqual(['worker']);
    expect(holdersOf(secrets.CLICKHOUSE_PASSWORD)).toEqual(['clickhouse', 'clickhouse-users']);
    expect(holdersOf(secrets.CLICKHOUSE_MIGRATE_PASSWORD)).toEqual(['migrate', 'clickhouse-users']);
    expect(holdersOf(secrets.CLICKHOUSE_INGEST_PASSWORD)).toEqual(['worker', 'clickhouse-users']);
    expect(holdersOf(secrets.CLICKHOUSE_API_PASSWORD)).toEqual(['api', 'clickhouse-users']);
    expect(holdersOf(secrets.POSTGRES_PASSWORD)).toEqual(['temporal', 'temporal-schema', 'postgres']);
  });

  test('runs each process as its own user of access.sql, and gives that file all its passwords', () => {
    const access = read('clickhouse/schema/access.sql').replaceAll(/^--.*$/gm, '');
    const users = ['api', 'worker', 'migrate'].map((name) => services[name]?.environment.CLICKHOUSE_USER);
    expect(users).toEqual(['api', 'ingest', 'migrate']);
    for (const user of users) expect(access).toMatch(`CREATE USER IF NOT EXISTS ${user} `);
    const parameters = [...access.matchAll(/\{(\w+):String\}/g)].map(([, name]) => name);
    const given = services['clickhouse-users']?.command?.join().matchAll(/--param_(\w+)=/g) ?? [];
    expect(new Set([...given].map(([, name]) => name))).toEqual(new Set(parameters));
  });

  test.each<[string, z.ZodObject]>([
    ['api', apiEnvironment],
    ['worker', workerEnvironment],
    ['migrate', migrateEnvironment],
  ])('sets an environment that the %s understands, and nothing else', (name, schema) => {
    const environment = services[name]?.environment ?? {};
    expect(() => parseEnvironment(schema.strict(), environment)).not.toThrow();
  });

  test('has every variable explained in .env.example, with its default', () => {
    const explained = [...read('.env.example').matchAll(/^#?(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
    const used = variablesOf(composeText).map(({ name, fallback }) => [name, fallback]);
    expect(Object.fromEntries(explained)).toEqual(Object.fromEntries(used));
  });

  test('builds the version that package.json names, on the Node that it pins', () => {
    expect(services.api?.image).toBe(`${packageJson.name}:${packageJson.version}`);
    expect([services.worker?.image, services.migrate?.image]).toEqual([services.api?.image, services.api?.image]);
    const bases = [...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(new Set(bases)).toEqual(new Set([`node:${packageJson.devDependencies.node}-bookworm-slim`]));
  });
});

function of(services: [string, unknown][], condition: string): Record<string, string> {
  return Object.fromEntries(services.map(([name]) => [name, condition]));
}
