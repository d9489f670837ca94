// What a statement costs through the embedded engine's HTTP interface, beside the same statement in the engine's own
// process, on one connection. `npm run bench:engine` prints milliseconds, on Linux also those of the engine's CPU.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sumCosts } from '#clickhouse/aggregates/costs.ts';
import { openWarehouse, type Warehouse } from '#clickhouse/client/client.ts';
import { type CostItem, toCostFacts, toCostRow } from '#clickhouse/day-rows/cost-days.ts';
import { daysBlock } from '#clickhouse/day-rows/days-block.ts';
import { blockToBytes } from '#clickhouse/native/block.ts';
import { migrate } from '#clickhouse/schema/migrate.ts';
import { connect, disconnect, query } from '#dev/chdb-server/engine/chdb.ts';
import { quote } from '#dev/chdb-server/engine/context.ts';
import { engineArguments } from '#dev/chdb-server/engine/engine.ts';
import { startChdbServer } from '#dev/chdb-server/spawn.ts';
import { addDays } from '#domain/day.ts';

const FROM = '2025-01-01';
const DAYS = 31;
const FACTS_A_DAY = 42;
const DATABASES = 6;
const key = { tenant_id: 'bench', dataset: 'costs' };
const database = `bench_${DATABASES - 1}`;
const [rounds = 100] = process.argv.slice(2).map(Number);

type Statement = { sql: string; params: Record<string, unknown> };

const directory = await mkdtemp(join(tmpdir(), 'pump-bench-'));
try {
  const costsByDay = await throughHttp();
  await inProcess(costsByDay);
} finally {
  await rm(directory, { recursive: true, force: true });
}

/** Measures the server. @returns the query for costs by day, to be measured without the server */
async function throughHttp(): Promise<Statement> {
  const { url, password, pid, stop } = await startChdbServer({ directory });
  const open = (name: string) =>
    openWarehouse({ url, user: 'default', password, database: name, application: 'bench' });
  const administrator = open('default');
  const measure = measureWith(() => cpuOf(pid));
  console.log(`Through HTTP, p50 of ${rounds} statements`);

  await measure('CREATE DATABASE and migrate()', DATABASES, async (round) => {
    await administrator.command('create', `CREATE DATABASE bench_${round}`);
    const warehouse = open(`bench_${round}`);
    await migrate(warehouse);
    await warehouse.close();
  });

  // No database is dropped before the inserts: some file systems are slow after that.
  const warehouse = open(database);
  await warehouse.insertBlock('cost_days', costDays('asked', DAYS));
  let statement: Statement | undefined;
  const recording = { ...warehouse, query: record } as Warehouse;
  function record(query: Parameters<Warehouse['query']>[0]) {
    statement = { sql: query.sql, params: query.params ?? {} };
    return warehouse.query(query);
  }
  await measure('SELECT 1', rounds, () => warehouse.ping());
  await measure('insert of one row', rounds, (round) => warehouse.insert('day_reads', [dayRead(round)]));
  await measure('insert of 400 rows', rounds / 4, () => warehouse.insertBlock('cost_days', costDays('written', 400)));
  await measure('costs by day', rounds, () =>
    sumCosts(recording, 'bench', {
      from: FROM,
      to: addDays(FROM, DAYS),
      granularity: 'day',
      group_by: [],
      filters: { integration_id: ['asked'] },
      order: { by: 'amount', descending: true },
      limit: 100,
      compare: false,
    }),
  );
  await measure('nothing, for a second', 5, () => new Promise((resolve) => setTimeout(resolve, 1000)));
  await Promise.all([warehouse.close(), administrator.close()]);
  await stop();
  return statement as Statement;
}

/** Measures the engine in this process: what no server can be faster than. */
async function inProcess({ sql, params }: Statement): Promise<void> {
  const connection = connect(join(directory, 'data'), engineArguments(join(directory, 'users.xml')));
  const measure = measureWith(() => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000);
  const run = (statement: string) => query(connection, statement, 'JSONEachRow');
  const file = join(directory, 'days.native');
  console.log('In the process of the engine');

  try {
    await run(`USE ${database}`);
    await measure('SELECT 1', rounds, () => run('SELECT 1'));
    await measure('insert of one row', rounds, (round) =>
      run(`INSERT INTO day_reads FORMAT JSONEachRow ${JSON.stringify(dayRead(round))}`),
    );
    await measure('insert of 400 rows', rounds / 4, async () => {
      const block = costDays('written', 400);
      await writeFile(file, blockToBytes(block));
      const names = block.columns.map(({ name }) => name).join(', ');
      await run(`INSERT INTO cost_days (${names}) FROM INFILE ${quote(file)} FORMAT Native`);
    });
    const set = Object.entries(params).map(([name, value]) => `param_${name} = ${quote(parameterText(value))}`);
    await run(`SET ${set.join(', ')}`);
    await measure('costs by day', rounds, () => run(sql));
  } finally {
    disconnect(connection);
  }
}

function measureWith(cpu: () => number | Promise<number>) {
  return async (name: string, times: number, work: (round: number) => Promise<unknown>) => {
    const wall: number[] = [];
    const cpuBefore = await cpu();
    for (let round = 0; round < times; round += 1) {
      const begun = performance.now();
      await work(round);
      wall.push(performance.now() - begun);
    }
    const used = ((await cpu()) - cpuBefore) / times;
    const p50 = wall.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
    console.log(`  ${name.padEnd(30)} ${p50.toFixed(1).padStart(7)}   CPU ${used.toFixed(1).padStart(6)}`);
  };
}

/** CPU milliseconds of a process, counted in hundredths of a second. */
async function cpuOf(pid: number): Promise<number> {
  if (process.platform !== 'linux') return Number.NaN;
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** A value as a URL or `SET` has it. */
function parameterText(value: unknown): string {
  return Array.isArray(value) ? `[${value.map((item) => quote(String(item))).join(',')}]` : String(value);
}

function dayRead(round: number) {
  return { ...key, integration_id: 'written', day: addDays(FROM, round), version: round + 1, items: 1 };
}

function costDays(integration_id: string, days: number) {
  const items = Array.from({ length: FACTS_A_DAY }, (_, fact) => costItem(fact));
  const [provider_total_verbatim, dropped_dimensions] = ['0', [] as string[]];
  const rows = Array.from({ length: days }, (_, index) => {
    const day = { day: addDays(FROM, index), provider_total: '0', provider_totals: {}, provider_total_verbatim };
    return toCostRow(Date.now(), { ...day, dropped_dimensions, facts: toCostFacts(items) });
  });
  return daysBlock({ tenant_id: key.tenant_id, integration_id }, rows);
}

/** A fact whose texts have five values each. */
function costItem(fact: number): CostItem {
  const text = (name: string) => `${name}-${fact % 5}`;
  return {
    project_id: text('project'),
    project_name: text('name'),
    api_key_id: text('key'),
    user_id: text('user'),
    user_email: text('email'),
    api_source: text('source'),
    line_item: text('line_item'),
    service: text('service'),
    model: text('model'),
    token_type: text('token_type'),
    modality: text('modality'),
    service_tier: text('tier'),
    surface: text('surface'),
    long_context: false,
    qualifier: text('qualifier'),
    unknown_qualifier: '',
    amount: `${fact}.000000000000000001`,
    amount_verbatim: `${fact}.000000000000000001`,
    currency: 'usd',
    quantity: `${fact}`,
    quantity_verbatim: `${fact}`,
    quantity_unit: 'tokens',
    extra: '',
  };
}
