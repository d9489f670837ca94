// How long the API takes for a year of one organization among 50 million facts, beside the engine's own time for the
// same sums on the view `costs` and for the API's own statement. On a busy machine only ratios of medians say much.
// `npm run bench` writes 45 organizations (2 GB), in some minutes. `npm run bench -- 2 10`: 2 organizations, 10 rounds.
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { migrate } from '#clickhouse/schema/migrate.ts';
import { startChdbServer } from '#dev/chdb-server/spawn.ts';
import { FACTS_A_DAY, seedFacts } from './seed-facts.ts';
import { serveApi } from './serve-api.ts';

const [organizations = 45, rounds = 25] = process.argv.slice(2).map(Number);
const FROM = '2025-01-01';
const TO = '2026-01-01';
const HALF = '2025-07-02'; // 183 days from here, and 182 before it.

const where = `tenant_id = 'bench' AND integration_id = 'i-0' AND day >= '${FROM}' AND day < '${TO}'`;
const requests = {
  'a year': { path: '', sql: `SELECT sum(amount) FROM costs WHERE ${where}` },
  'a year by model': {
    path: '&group_by=model',
    sql: `SELECT model, sum(amount) AS total FROM costs WHERE ${where} GROUP BY model ORDER BY total DESC`,
  },
  'a year by project, with names': {
    path: '&group_by=project_id',
    sql: `SELECT project_id, any(project_name), sum(amount) AS total FROM costs WHERE ${where} GROUP BY project_id ORDER BY total DESC`,
  },
  'a year by day and model': {
    path: '&group_by=model&granularity=day&limit=10000',
    sql: `SELECT day, model, sum(amount) AS total FROM costs WHERE ${where} GROUP BY day, model ORDER BY day, total DESC LIMIT 10000`,
  },
  'a year by day, project and model (273,750 groups)': {
    path: '&group_by=project_id,model&granularity=day',
    sql: `SELECT day, project_id, any(project_name), model, sum(amount) AS total FROM costs WHERE ${where}
          GROUP BY day, project_id, model ORDER BY day, total DESC LIMIT 1000`,
  },
  'half a year by model, compared': {
    path: `&group_by=model&compare=previous_period&from=${HALF}`,
    sql: `SELECT model, sumIf(amount, day >= '${HALF}') AS total, sumIf(amount, day < '${HALF}') FROM costs
          WHERE ${where} GROUP BY model ORDER BY total DESC`,
  },
};

const directory = await mkdtemp(join(tmpdir(), 'pump-bench-'));
const engine = await startChdbServer({ directory });
const { url, password } = engine;
const warehouse = openWarehouse({ url, user: 'default', password, database: 'default', application: 'bench' });
let statement: Parameters<typeof warehouse.query>[0] | undefined;
const api = await serveApi(
  {
    ...warehouse,
    query(query) {
      if (query.name === 'costs') statement = query;
      return warehouse.query(query);
    },
  },
  'bench',
);

try {
  await migrate(warehouse);
  for (let index = 0; index < organizations; index += 1) await connect(`i-${index}`);
  console.log(`${(organizations * 365 * FACTS_A_DAY).toLocaleString('en')} facts, ${rounds} rounds; milliseconds`);
  for (const [name, { path, sql }] of Object.entries(requests)) {
    const times = { api: [] as number[], cached: [] as number[], view: [] as number[], same: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      times.api.push((await fetchCosts(path)).ms);
      times.cached.push((await fetchCosts(path, (await fetchCosts(path)).etag)).ms);
      times.view.push(await timed(() => warehouse.query({ name: 'bench', sql, row: z.unknown() })));
      const { name = '', sql: sent = '', params = {} } = statement ?? {};
      times.same.push(await timed(() => warehouse.query({ name, sql: sent, params, row: z.unknown() })));
    }
    const ours = distribution(times.api);
    console.log(`${name} (load ${loadavg()[0]?.toFixed(1)})`);
    console.log(`  API             ${format(ours)}   304: ${format(distribution(times.cached))}`);
    for (const [engine, theirs] of [
      ['view', distribution(times.view)],
      ['same statement', distribution(times.same)],
    ] as const) {
      const ratios = `p50 ${(ours.p50 / theirs.p50).toFixed(2)}  p99 ${(ours.p99 / theirs.p99).toFixed(2)}`;
      console.log(`  ${engine.padEnd(15)} ${format(theirs)}   ratio: ${ratios}`);
    }
  }
} finally {
  await api.close();
  await warehouse.close();
  await engine.stop();
  await rm(directory, { recursive: true, force: true });
}

async function connect(integration_id: string) {
  await seedFacts(warehouse, 'bench', integration_id, FROM);
  await writeIntegration(warehouse, {
    tenant_id: 'bench',
    integration_id,
    organization_id: `org-${integration_id}`,
    organization_name: `Organization ${integration_id}`,
    status: 'disconnected',
    problem: '',
    credential_id: 'c',
    connected_at: '2026-01-01T00:00:00Z',
    history_from: FROM,
    history_to: TO,
  });
}

/** Fetches costs; with an ETag, the response has to be 304. */
async function fetchCosts(path: string, etag = '') {
  const query = new URLSearchParams({ from: FROM, to: TO, integration_id: 'i-0' });
  for (const [name, value] of new URLSearchParams(path)) query.set(name, value);
  const headers = { ...api.headers, ...(etag && { 'if-none-match': etag, 'cache-control': 'max-age=0' }) };
  let received = '';
  const ms = await timed(async () => {
    const response = await fetch(`${api.url}/v1/costs?${query}`, { headers });
    await response.text();
    if (response.status !== (etag ? 304 : 200)) throw new Error(`The API responded with ${response.status}.`);
    received = response.headers.get('etag') ?? '';
  });
  return { ms, etag: received };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function distribution(times: number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

function format({ p50, p99 }: { p50: number; p99: number }) {
  return `p50 ${p50.toFixed(0)}  p99 ${p99.toFixed(0)}`;
}
