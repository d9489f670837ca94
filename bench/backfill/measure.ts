import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { openWarehouse, type Warehouse } from '#clickhouse/client/client.ts';
import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import { createApiClient } from '#dev/demo/api-client.ts';
import type { LaptopSettings } from '#dev/stack/settings.ts';
import type { Stack } from '#dev/stack/stack.ts';
import { readProcesses } from '#dev/stack/supervisor/leftover-processes.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import { backfillId } from '#workflows/contract/ids.ts';
import type { Kept } from './kept-responses.ts';
import { readNothing } from './limit.ts';
import { forgetPeak, usageOf } from './process-usage.ts';

/** So many days are a month to somebody who waits for it. */
const READABLE_DAYS = 30;
/** A poll takes some 20 ms of CPU: at 50 ms they were a seventh of all until the month was there. */
const POLL_MS = 100;

export type Measured = Awaited<ReturnType<typeof measure>>;

/** Connects an organization, and waits until everything of it is read. Times are in seconds. */
export async function measure(stack: Stack, settings: LaptopSettings, kept: Kept, end: AbortSignal) {
  const api = createApiClient(stack.api, stack.secrets.API_TOKEN, end);
  const warehouse = openWarehouse({
    url: stack.clickhouse,
    user: settings.CLICKHOUSE_USER,
    password: stack.secrets.CLICKHOUSE_PASSWORD,
    database: settings.CLICKHOUSE_DATABASE,
    application: 'bench',
  });
  const connection = await Connection.connect({ address: `127.0.0.1:${settings.TEMPORAL_PORT}` });
  const { workflow } = new Client({ connection });
  const pidOf = (part: string) =>
    readProcesses(join(stack.directory, 'processes.json'))?.parts.find(({ name }) => name === part)?.pid ?? 0;
  const cpuOf = (part: string) => usageOf(pidOf(part)).cpu;
  const before = { worker: cpuOf('worker'), engine: cpuOf('clickhouse'), statements: await statements(warehouse) };

  await fetch(`${kept.origin}/__bench/forget`);
  for (const part of ['worker', 'clickhouse']) forgetPeak(pidOf(part));
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const { id } = await api.connect(kept.adminKey);
  const connected = seconds();
  while ((await api.integration(id)).progress.days_done < READABLE_DAYS)
    await delay(POLL_MS, undefined, { signal: end });
  const month = seconds();
  const key = { tenant_id: settings.TENANT_ID, integration_id: id };
  const integration = await readIntegration(warehouse, key);
  const handle = workflow.getHandle(backfillId(key, { ...key, credential_id: integration?.credential_id ?? '' }));
  await handle.result();
  const all = seconds();

  const worker = usageOf(pidOf('worker'));
  const engine = usageOf(pidOf('clickhouse'));
  const ran = (await statements(warehouse)) - before.statements;
  const { events } = await handle.fetchHistory();
  const requests = (await (await fetch(`${kept.origin}/__bench/requests`)).json()) as string[];
  const reports = requests.filter((path) => /^\/v1\/organization\/(costs|usage\/)/.test(path));
  const limit = await readNothing(kept.origin, reports, kept.adminKey);
  const stored = await storedOf(warehouse, id);
  const { coverage } = await api.integration(id);
  // The simulator invents each day again to add it up: half a minute for a million facts.
  const patient = new Agent({ headersTimeout: 0 });
  const truth = await request(`${kept.origin}/__bench/truth?from=${coverage.from}&to=${coverage.to}`, {
    dispatcher: patient,
  });
  const isExact = (await sumsOf(warehouse, id)) === canonical((await truth.body.json()) as Truth);
  await patient.close();
  await Promise.all([warehouse.close(), connection.close()]);
  return {
    connected,
    month,
    all,
    limit: limit.seconds,
    megabytes: limit.bytes / 1e6,
    ...stored,
    workerCpu: worker.cpu - before.worker,
    workerPeak: worker.peak,
    engineCpu: engine.cpu - before.engine,
    enginePeak: engine.peak,
    statements: ran,
    activities: events?.filter((event) => event.activityTaskScheduledEventAttributes).length ?? 0,
    requests: requests.length,
    isExact,
  };
}

async function statements(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query({
    name: 'statements',
    sql: "SELECT toUInt32(value) AS value FROM system.events WHERE event = 'Query'",
    row: z.object({ value: z.number() }),
  });
  return row?.value ?? 0;
}

const OF_INTEGRATION = 'integration_id = {integration_id: String}';

async function storedOf(warehouse: Warehouse, integration_id: string) {
  const [row] = await warehouse.query({
    name: 'stored',
    sql: `SELECT
            (SELECT toUInt32(sum(length(items.amount))) FROM cost_days FINAL WHERE ${OF_INTEGRATION}) AS costs,
            (SELECT toUInt32(sum(length(items.model))) FROM usage_days FINAL WHERE ${OF_INTEGRATION}) AS usage,
            toUInt32((SELECT sum(length(items.amount)) FROM cost_days FINAL)
              + (SELECT sum(length(items.model)) FROM usage_days FINAL)) AS all,
            (SELECT toUInt32(sum(bytes_on_disk)) FROM system.parts WHERE active AND table IN ('cost_days', 'usage_days')) AS bytes`,
    params: { integration_id },
    row: z.object({ costs: z.number(), usage: z.number(), all: z.number(), bytes: z.number() }),
  });
  return { costs: row?.costs ?? 0, usage: row?.usage ?? 0, bytesOfFact: (row?.bytes ?? 0) / (row?.all ?? 0) };
}

/** Sums as text: money, and the known metrics of each usage endpoint that are not 0. */
async function sumsOf(warehouse: Warehouse, integration_id: string): Promise<string> {
  const [costs] = await warehouse.query({
    name: 'sum of costs',
    sql: `SELECT toString(sum(amount)) AS total FROM costs WHERE ${OF_INTEGRATION}`,
    params: { integration_id },
    row: z.object({ total: z.string() }),
  });
  const sums = await warehouse.query({
    name: 'sums of usage',
    sql: `SELECT dataset::String AS dataset, map(${USAGE_METRICS.map((name) => `'${name}', toString(sum(${name}))`).join(', ')}) AS totals
          FROM usage WHERE ${OF_INTEGRATION} GROUP BY dataset`,
    params: { integration_id },
    row: z.object({ dataset: z.string(), totals: z.record(z.string(), z.string()) }),
  });
  const usage = sums.map(({ dataset, totals }): [string, Totals] => [dataset.replace('usage/', ''), totals]);
  return canonical({ costs: costs?.total ?? '0', usage: Object.fromEntries(usage) });
}

type Totals = Record<string, string | number>;
type Truth = { costs: string; usage: Record<string, Totals> };

function canonical({ costs, usage }: Truth): string {
  const known: ReadonlySet<string> = new Set(USAGE_METRICS);
  const lines = Object.entries(usage).flatMap(([endpoint, totals]) =>
    Object.entries(totals)
      .filter(([name, total]) => known.has(name) && String(total) !== '0')
      .map(([name, total]) => `${endpoint} ${name} ${total}`),
  );
  return [costs, ...lines.sort()].join('\n');
}
