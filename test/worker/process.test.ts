import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { freePort } from '#dev/stack/system/ports.ts';
import packageJson from '#package.json' with { type: 'json' };
import { READS_TASK_QUEUE } from '#workflows/contract/ids.ts';
import { secureTemporal, tlsFile } from '../support/secured-temporal.ts';
import { type Stack, startStack } from '../support/stack.ts';

const [main, replayMain, bundled] = ['worker/main.ts', 'worker/replay.ts', 'test/support/bundled-worker.ts'].map(
  (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url)),
) as [string, string, string];

let stack: Stack;
/** The worker reaches Temporal by mTLS, as a process in production does. */
let front: Awaited<ReturnType<typeof secureTemporal>>;
let environment: Record<string, string>;
let worker: ChildProcess;
let address: string;
let health: string;
let id: string;
beforeAll(async () => {
  stack = await startStack({ withoutWorker: true, simulator: { factsPerDay: 5, knobs: { lookbackDays: 60 } } });
  address = `127.0.0.1:${await freePort()}`;
  health = `127.0.0.1:${await freePort()}`;
  front = await secureTemporal(stack.environment.TEMPORAL_ADDRESS, { mutual: true });
  environment = {
    ...stack.environment,
    TEMPORAL_ADDRESS: front.address,
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: tlsFile('ca.crt'),
    TEMPORAL_TLS_SERVER_NAME: 'temporal.test',
    TEMPORAL_TLS_CLIENT_CERT_PATH: tlsFile('client.crt'),
    TEMPORAL_TLS_CLIENT_KEY_PATH: tlsFile('client.key'),
  };
  const env = { ...environment, LOG_LEVEL: 'warn', METRICS_ADDRESS: address, HEALTH_ADDRESS: health };
  worker = spawn(process.execPath, [main], { env, stdio: 'ignore' });
  stack.simulator.knobs.failNext(2, 429, '/organization/costs');
  stack.simulator.knobs.failNext(1, 'disconnect', '/organization/usage/completions');
  id = await stack.connect(stack.simulator.keys.admin);
  await stack.untilQuiet();
});
afterAll(async () => {
  worker.kill('SIGTERM');
  await once(worker, 'exit');
  await front.close();
  await stack.stop();
});

/** The sum of a metric's lines that have these labels. */
function sum(text: string, name: string, labels: Record<string, string> = {}): number {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const matching = lines.filter((line) => wanted.every((label) => line.includes(label)));
  return matching.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
}

test('the worker serves metrics of its requests to OpenAI, of what they brought, and of the SDK', async () => {
  const { body } = await stack.api<Integration>(`/v1/integrations/${id}`);
  // The SDK hands its figures on by itself, each in its time.
  await vi.waitFor(async () => expectMetrics(await (await fetch(`http://${address}/metrics`)).text(), body), {
    timeout: 60_000,
    interval: 200,
  });
});

type Integration = { coverage: { facts: number; days: number } };
function expectMetrics(metrics: string, { coverage }: Integration): void {
  expect(sum(metrics, 'pump_activity_retries_total')).toBeGreaterThanOrEqual(2); // for the two 429
  expect(metrics).toMatch(/^pump_activity_retries_total\{[^}]*\bactivity_type="\w+"/m); // as in the SDK's own
  const costs = { endpoint: '/organization/costs' };
  expect(sum(metrics, 'pump_openai_requests_total', { ...costs, status: '429' })).toBe(2);
  expect(sum(metrics, 'pump_openai_requests_total', { ...costs, status: '200' })).toBeGreaterThanOrEqual(4);
  const completions = { endpoint: '/organization/usage/completions' };
  expect(sum(metrics, 'pump_openai_requests_total', { ...completions, status: 'none' })).toBe(1);
  const apiKeys = { endpoint: '/organization/projects/{project_id}/api_keys', status: '200' };
  expect(sum(metrics, 'pump_openai_requests_total', apiKeys)).toBeGreaterThan(0);

  expect(sum(metrics, 'pump_facts_synced_total', { dataset: 'costs' })).toBe(coverage.facts);
  expect(sum(metrics, 'pump_days_changed_total', { dataset: 'costs' })).toBe(coverage.days);
  expect(sum(metrics, 'temporal_activity_task_received_total')).toBeGreaterThan(0);
  // As alerts and the dashboard name them.
  expect(sum(metrics, 'temporal_workflow_completed_total', { workflow_type: 'backfill' })).toBeGreaterThan(0);
  const slots = { task_queue: READS_TASK_QUEUE, worker_type: 'ActivityWorker' };
  expect(sum(metrics, 'temporal_worker_task_slots_available', slots)).toBeGreaterThan(0);
  expect(sum(metrics, 'pump_keys_unopenable')).toBe(0);
  expect(metrics).toMatch(/^pump_keys_sealed\{key_id="[\da-f]{12}"/m);
  expect(sum(metrics, 'pump_build_info', { version: packageJson.version })).toBe(1);
  expect(sum(metrics, 'pump_worker_memory_bytes')).toBeGreaterThan(50_000_000);
  expect(metrics).toContain('pump_worker_held_up_seconds');
  for (const said of [id, stack.simulator.keys.admin, 'proj_', 'sk-']) expect(metrics).not.toContain(said);
}

test('the worker polls and reports by mTLS', () => {
  const methods = new Set(front.calls.map((path) => path.split('/').at(-1)));
  for (const method of ['PollWorkflowTaskQueue', 'PollActivityTaskQueue', 'RespondActivityTaskCompleted'])
    expect(methods).toContain(method);
});

test('the worker says that it is alive and ready', async () => {
  const statuses = ['/health', '/ready', '/other'].map(async (path) => (await fetch(`http://${health}${path}`)).status);
  expect(await Promise.all(statuses)).toEqual([200, 200, 404]);
});

test('npm run replay replays what ran, and names what does not replay with changed workflows', async () => {
  expect(await replay(inject('workflowBundle'))).toMatchObject([
    0,
    expect.stringMatching(/^[1-9]\d* workflows replayed, 0/),
  ]);
  const changed = join(inject('directory'), 'changed-workflows.js');
  const code = readFileSync(inject('workflowBundle'), 'utf8');
  writeFileSync(changed, code.replaceAll('planSync', 'planAnother'));
  const [exit, output] = await replay(changed);
  expect([exit, output]).toEqual([1, expect.stringMatching(/^backfill\/acme\/.* does not replay: /m)]);
});

/** @returns the exit code, and what was printed */
async function replay(workflowBundle: string): Promise<[number, string]> {
  const env = { ...process.env, ...environment, WORKFLOW_BUNDLE: workflowBundle };
  const child = spawn(process.execPath, ['--import', bundled, replayMain], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [[code], output] = await Promise.all([once(child, 'exit'), text(child.stdout)]);
  return [code, output];
}
