// What the API takes for questions about one organization among 50 million facts: a large one of 1.1 million facts a
// year and a usual one of 148,000. `new` is computed, `again` was asked before, `304` comes with its ETag, `cpu` is the
// engine's for a new one; goals stand beside. `npm run bench:aggregates` writes 2 GB in some minutes; with `-- 2 10 100`
// it has 2 large organizations, 10 rounds, and a fleet of 100 integrations for /metrics.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mapConcurrently } from '#activities/context/map-concurrently.ts';
import { measureIntegrations } from '#api/operations/metrics-integrations.ts';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { migrate } from '#clickhouse/schema/migrate.ts';
import { startChdbServer } from '#dev/chdb-server/spawn.ts';
import { addDays, today } from '#domain/day.ts';
import { cpuOf, quantile, throughput, timed } from './measure.ts';
import { FACTS_A_DAY, seedFacts } from './seed-facts.ts';
import { seedFleet } from './seed-fleet.ts';
import { serveApi } from './serve-api.ts';

const [organizations = 45, rounds = 25, fleet = 10_000] = process.argv.slice(2).map(Number);
// The year that a summary reads, too.
const TO = today();
const FROM = addDays(TO, -365);
const USUAL_FACTS_A_DAY = 406;
const SECONDS = 5;
/** A scrape within ten seconds of another one gets what that one got. */
const SCRAPE_MS = 11_000;

const questions = {
  'a year': '',
  'a year by model': '&group_by=model',
  'a year by project': '&group_by=project_id',
  'a year by day and model': '&group_by=model&granularity=day',
  'a year by project and model': '&group_by=project_id,model',
  'a year by API key': '&group_by=api_key_id',
  'half a year by model, compared': `&group_by=model&compare=previous_period&from=${addDays(FROM, 182)}`,
};

const directory = await mkdtemp(join(tmpdir(), 'pump-bench-'));
const engine = await startChdbServer({ directory });
const { url, password } = engine;
const warehouse = openWarehouse({ url, user: 'default', password, database: 'default', application: 'bench' });
const api = await serveApi(warehouse, 'bench');

try {
  await migrate(warehouse);
  await seed('usual', USUAL_FACTS_A_DAY);
  const large = Array.from({ length: organizations }, (_, index) => `i-${index}`);
  await mapConcurrently(large, availableParallelism(), (id) => seed(id, FACTS_A_DAY)); // a statement has one thread
  console.log(`${(organizations * 365 * FACTS_A_DAY).toLocaleString('en')} facts, ${rounds} rounds, p50 in ms`);
  for (const [title, id, goal] of [
    ['1.1 million facts', 'i-0', '50'],
    ['148,000 facts', 'usual', '15'],
  ] as const) {
    console.log(`\n${row([title, 'new', 'cpu', 'again', '304'])}`);
    console.log(row(['at most', goal, '', '5', '8']));
    for (const [name, parameters] of Object.entries(questions)) {
      console.log(row([name, ...(await measure(costsOf(id, parameters))).map((ms) => ms.toFixed(1))]));
    }
    const summary = await measure(`/v1/costs/summary?integration_id=${id}`);
    console.log(row(['summary', ...summary.map((ms) => ms.toFixed(1))]));
  }

  console.log(`\n${row(['148,000 facts', 'at least', 'per s', 'p50', 'p99'])}`);
  const model = costsOf('usual', '&group_by=model');
  for (const [name, goal, readers, path] of [
    ['again, 1 reader', '', 1, () => model],
    ['again, 32 readers', '300', 32, () => model],
    ['new, 1 reader', '', 1, (count) => `${model}&limit=${count}`],
    ['new, 32 readers', '60', 32, (count) => `${model}&limit=${1_000 + count}`],
    ['list of integrations, 32 readers', '200', 32, () => '/v1/integrations'],
  ] as [string, string, number, (count: number) => string][]) {
    const { perSecond, p50, p99 } = await throughput(readers, SECONDS * 1000, (count) => get(path(count)));
    console.log(row([name, goal, perSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1)]));
  }

  await seedFleet(warehouse, { integrations: fleet, from: FROM });
  // Without what /metrics asks of Temporal, which does not run here: the deadline would be measured.
  const scrape = measureIntegrations(warehouse);
  for (const name of ['first', 'nothing has changed']) {
    const before = cpuOf(engine.pid);
    const ms = await timed(scrape);
    const cpu = cpuOf(engine.pid) - before;
    console.log(`metrics of ${fleet} integrations, ${name}: ${ms.toFixed(0)} ms, at most 1000; engine's CPU ${cpu}`);
    await delay(SCRAPE_MS);
  }
} finally {
  await api.close();
  await warehouse.close();
  await engine.stop();
  await rm(directory, { recursive: true, force: true });
}

async function seed(integration_id: string, facts: number) {
  await seedFacts(warehouse, { tenant_id: 'bench', integration_id }, { from: FROM, facts });
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

function costsOf(integration_id: string, parameters: string) {
  const query = new URLSearchParams({ from: FROM, to: TO, integration_id });
  for (const [name, value] of new URLSearchParams(parameters)) query.set(name, value);
  return `/v1/costs?${query}`;
}

/** The median milliseconds of a new question, the engine's CPU for it, the same question again, and a 304. */
async function measure(path: string): Promise<number[]> {
  const times = { first: [] as number[], again: [] as number[], unchanged: [] as number[] };
  const isPaged = path.includes('?from=');
  const fresh = (round: number) =>
    isPaged ? `${path}&limit=${1_000 - round}` : `${path}&currency=usd&currency=${round}`;
  await get(fresh(rounds));
  const before = cpuOf(engine.pid);
  for (let round = 0; round < rounds; round += 1) times.first.push(await timed(() => get(fresh(round))));
  const cpu = (cpuOf(engine.pid) - before) / rounds;
  for (let round = 0; round < rounds; round += 1) {
    const etag = (await get(path)) ?? '';
    times.again.push(await timed(() => get(path)));
    times.unchanged.push(await timed(() => get(path, etag)));
  }
  const p50 = (all: number[]) => quantile(all, 0.5);
  return [p50(times.first), cpu, p50(times.again), p50(times.unchanged)];
}

/** Fetches a path, whose response has to be 304 with an ETag. @returns the ETag */
async function get(path: string, etag?: string) {
  const headers = { ...api.headers, ...(etag && { 'if-none-match': etag }) };
  const response = await fetch(api.url + path, { headers });
  await response.arrayBuffer();
  if (response.status !== (etag ? 304 : 200)) throw new Error(`${path}: the API responded with ${response.status}.`);
  return response.headers.get('etag');
}

function row([name = '', ...cells]: string[]) {
  return name.padEnd(38) + cells.map((cell) => cell.padStart(9)).join('');
}
