import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { generateKeyPair } from '#credentials/key-pair.ts';
import { render, validate } from '#dev/generate/chart/helm.ts';
import { RENDERINGS, renderedFile, sourcesHash } from '#dev/generate/chart/renderings.ts';
import { parseEnvironment } from '#environment/parse.ts';
import { apiEnvironment, migrateEnvironment, workerEnvironment } from '#environment/processes.ts';
import packageJson from '#package.json' with { type: 'json' };
import { READS_TASK_QUEUE } from '#workflows/contract/ids.ts';
import { ifAtHand } from '../support/at-hand.ts';

/*
 * `npm run generate:chart` renders the chart with helm and has it checked against Kubernetes' schemas; a hash ties what
 * it wrote to the chart. So these tests need no helm; where it is at hand, it renders again.
 */
const labels = z.record(z.string(), z.string());
const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) });
const variable = z.object({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z.object({ secretKeyRef: z.object({ name: z.string(), key: z.string() }) }).optional(),
});
const container = z.looseObject({
  image: z.string(),
  command: z.array(z.string()),
  securityContext: z.unknown(),
  env: z.array(variable),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
});
const pod = z.object({ metadata: z.object({ labels }), spec: z.looseObject({ containers: z.tuple([container]) }) });
const object = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({}),
});

const { publicKey, privateKey } = generateKeyPair();
const secrets: Record<string, string> = {
  SEALING_PUBLIC_KEY: publicKey,
  SEALING_PRIVATE_KEY: privateKey,
  SMTP_URL: 'smtps://user:password@mail.example.com',
};
const schemas = {
  'api/main.ts': apiEnvironment,
  'worker/main.ts': workerEnvironment,
  'worker/migrate.ts': migrateEnvironment,
};

describe.each(RENDERINGS)('the chart, %s', (name) => {
  const text = readFileSync(renderedFile(name), 'utf8');
  const objects = parseAllDocuments(text).map((document) => object.parse(document.toJS()));
  const ofKind = (kind: string) => objects.filter((each) => each.kind === kind);
  const pods = [...ofKind('Deployment'), ...ofKind('Job')].map(({ metadata, spec }) => {
    const { metadata: own, spec: podSpec } = pod.parse(spec.template);
    const [{ command, ...rest }] = podSpec.containers;
    return { ...rest, name: metadata.name, labels: own.labels, spec: podSpec, main: command.at(-1) ?? '' };
  });

  test('was rendered from the chart as it is: else, npm run generate:chart', () => {
    expect(text.split('\n')[0]).toContain(sourcesHash(name));
    ifAtHand('helm', () => expect(render(name)).toBe(text));
    ifAtHand('kubernetes-validate', () => validate(text));
  });

  test('runs the API, a worker of each role and the migration', () => {
    expect(pods.map(({ name, main }) => [name, main])).toEqual([
      ['pump-api', 'api/main.ts'],
      ['pump-worker-main', 'worker/main.ts'],
      ['pump-worker-reads', 'worker/main.ts'],
      ['pump-migrate', 'worker/migrate.ts'],
    ]);
    const roles = pods.flatMap(({ env }) => env.filter((each) => each.name === 'WORKER_ROLE'));
    expect(roles.map(({ value }) => value)).toEqual(['main', 'reads']);
  });

  test.each(pods)('$name runs without rights, on a file system that it cannot write', ({ spec, securityContext }) => {
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(securityContext).toEqual({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  });

  test.each(pods)('$name gets an environment that it understands, with secrets by reference alone', ({ main, env }) => {
    const values = env.map(({ name, value, valueFrom }) => {
      if (/PASSWORD|TOKEN|_KEY|SMTP_URL/.test(name)) expect(valueFrom, name).toBeDefined();
      return [name, value ?? secrets[name] ?? 'a-secret-of-somebody'];
    });
    expect(new Set(values.map(([variableName]) => variableName)).size).toBe(values.length);
    const schema: z.ZodObject = schemas[main as keyof typeof schemas];
    expect(() => parseEnvironment(schema.strict(), Object.fromEntries(values))).not.toThrow();
  });

  test('runs each process as its own SQL user', () => {
    const users = pods.flatMap(({ env }) => env.filter((each) => each.name === 'CLICKHOUSE_USER'));
    expect(users.map(({ value }) => value)).toEqual(['api', 'ingest', 'ingest', 'migrate']);
    const passwords = pods.flatMap(({ env }) => env.filter((each) => each.name === 'CLICKHOUSE_PASSWORD'));
    const keys = passwords.map(({ valueFrom }) => valueFrom?.secretKeyRef.key);
    expect(keys).toEqual(users.map(({ value }) => `clickhouse-${value}-password`));
  });

  test('gives the private key to workers alone', () => {
    const holders = pods.filter(({ env }) => env.some((each) => each.name === 'SEALING_PRIVATE_KEY'));
    expect(holders.map(({ main }) => main)).toEqual(['worker/main.ts', 'worker/main.ts']);
  });

  test('has every object found by its release and component, as the notes say', () => {
    for (const { kind, metadata } of objects) {
      expect(metadata.labels, `${kind} ${metadata.name}`).toMatchObject({
        'app.kubernetes.io/instance': 'pump',
        'app.kubernetes.io/component': metadata.name.slice('pump-'.length),
      });
    }
  });

  test('asks each long-running process whether it is alive, and whether it is ready', () => {
    for (const { livenessProbe, readinessProbe, ports, main } of pods.filter(
      (each) => each.main !== 'worker/migrate.ts',
    )) {
      expect([livenessProbe?.httpGet.path, readinessProbe?.httpGet.path]).toEqual(['/health', '/ready']);
      expect(ports.map((port) => port.name)).toContain(livenessProbe?.httpGet.port);
      expect(livenessProbe?.httpGet.port, main).toBe(readinessProbe?.httpGet.port);
    }
  });

  test('covers each Deployment by one disruption budget, and each pod by one network policy', () => {
    const running = pods.filter((each) => each.main !== 'worker/migrate.ts');
    const selecting = (selector: unknown) =>
      pods.filter((each) => Object.entries(labels.parse(selector)).every(([key, value]) => each.labels[key] === value));
    const names = (those: typeof pods) => those.map((each) => [each.name]);
    const named = (selectors: unknown[]) => selectors.map((each) => selecting(each).map((one) => one.name));
    const matchLabels = (selector: unknown) => z.object({ matchLabels: labels }).parse(selector).matchLabels;
    expect(named(ofKind('PodDisruptionBudget').map(({ spec }) => matchLabels(spec.selector)))).toEqual(names(running));
    expect(named(ofKind('NetworkPolicy').map(({ spec }) => matchLabels(spec.podSelector)))).toEqual(names(pods));
    expect(named(ofKind('Service').map(({ spec }) => spec.selector))).toEqual([['pump-api']]);
  });
});

test('the migration runs before an installation and before an upgrade', () => {
  const [job] = parseAllDocuments(readFileSync(renderedFile('default'), 'utf8'))
    .map((document) => document.toJS())
    .filter(({ kind }) => kind === 'Job');
  expect(job.metadata.annotations['helm.sh/hook']).toBe('pre-install,pre-upgrade');
});

test('the migration may reach ClickHouse before anything else of the chart is there', () => {
  const [policy] = parseAllDocuments(readFileSync(renderedFile('default'), 'utf8'))
    .map((document) => document.toJS())
    .filter(({ metadata }) => metadata.name === 'pump-migrate');
  expect(policy.kind).toBe('NetworkPolicy');
  expect(policy.metadata.annotations).toMatchObject({
    'helm.sh/hook': 'pre-install,pre-upgrade',
    'helm.sh/hook-weight': '-1',
  });
  // Some networks take an ipBlock for what is outside of the cluster alone.
  expect(policy.spec.egress.at(-1).to).toContainEqual({ namespaceSelector: {} });
});

test('a role of workers has settings and resources of its own', () => {
  const workers = parseAllDocuments(readFileSync(renderedFile('cloud'), 'utf8'))
    .map((document) => document.toJS())
    .filter(({ kind, metadata }) => kind === 'Deployment' && metadata.name.startsWith('pump-worker'));
  const containers = workers.map(
    ({ spec }) =>
      z.object({ spec: z.object({ containers: z.tuple([container]) }) }).parse(spec.template).spec.containers[0],
  );
  const slots = containers.map(({ env }) => env.find(({ name }) => name === 'READ_SLOTS')?.value);
  expect(slots).toEqual([undefined, '32']);
  expect(containers.map(({ resources }) => resources)).toMatchObject([
    { limits: { memory: '2Gi' } },
    { limits: { memory: '3Gi' } },
  ]);
});

test('every pod, that of the migration too, has the annotations and the files of `pod`', () => {
  const pods = parseAllDocuments(readFileSync(renderedFile('cloud'), 'utf8'))
    .map((document) => document.toJS())
    .filter(({ kind }) => kind === 'Deployment' || kind === 'Job');
  for (const { spec } of pods) {
    expect(spec.template.metadata.annotations).toEqual({ 'sidecar.example/inject': 'false' });
    expect(spec.template.spec.volumes).toContainEqual({ name: 'authority', secret: { secretName: 'authority' } });
    expect(spec.template.spec.containers[0].volumeMounts.map((mount: { name: string }) => mount.name)).toEqual([
      'tmp',
      'authority',
    ]);
  }
});

test('workers scale by the queue that they serve, in place of a fixed number', () => {
  const objects = parseAllDocuments(readFileSync(renderedFile('cloud'), 'utf8')).map((document) => document.toJS());
  const [scaled] = objects.filter(({ kind }) => kind === 'ScaledObject');
  expect(scaled.spec.scaleTargetRef.name).toBe('pump-worker-reads');
  expect(scaled.spec.triggers[0].metadata).toMatchObject({
    taskQueue: READS_TASK_QUEUE,
    namespace: 'costs.a1b2c',
    tlsServerName: 'temporal.example',
  });
  const replicas = objects
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata, spec }) => [metadata.name, spec.replicas]);
  expect(Object.fromEntries(replicas)).toEqual({
    'pump-api': 2,
    'pump-worker-main': 2,
    'pump-worker-reads': undefined,
  });
});

test('the chart is of the version of package.json', () => {
  const chart = parse(readFileSync('deploy/helm/Chart.yaml', 'utf8'));
  expect([chart.version, chart.appVersion, chart.name]).toEqual([
    packageJson.version,
    packageJson.version,
    packageJson.name,
  ]);
});
