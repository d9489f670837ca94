import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { type ClickHouseClient, TupleParam } from '@clickhouse/client';
import { describe, expect, it, vi } from 'vitest';
import { rows, withServer } from './with-server.ts';

const server = withServer();
const query = <T = Record<string, unknown>>(sql: string, options = {}) => rows<T>(server.client, sql, options);
const command = (sql: string, options = {}) => server.client.command({ query: sql, ...options });
const failure = (code: number) => expect.objectContaining({ code: String(code) });

describe('statements', () => {
  it('answers ping, with and without a query', async () => {
    expect(await server.client.ping()).toEqual({ success: true });
    expect(await server.client.ping({ select: true })).toEqual({ success: true });
  });

  it('runs SHOW, DESCRIBE, EXPLAIN, EXISTS, WITH and FORMAT', async () => {
    await command("CREATE TABLE shown (a Int32 COMMENT 'x;y') ENGINE = MergeTree ORDER BY a COMMENT 'it''s';");
    expect(await query("SHOW TABLES LIKE 'shown'")).toEqual([{ name: 'shown' }]);
    expect(await query('DESCRIBE shown')).toMatchObject([{ name: 'a', type: 'Int32', comment: 'x;y' }]);
    expect(await query('EXISTS shown')).toEqual([{ result: 1 }]);
    expect(await query('WITH 2 AS two SELECT two')).toEqual([{ two: 2 }]);
    expect(await query('(SELECT 1 AS a) UNION ALL (SELECT 1)')).toHaveLength(2);
    expect((await query('EXPLAIN SELECT a FROM shown')).length).toBeGreaterThan(0);
    const { stream } = await server.client.exec({ query: 'SELECT 1 AS a FORMAT JSONCompact SETTINGS max_threads = 1' });
    expect(JSON.parse(await text(stream)).data).toEqual([[1]]);
  });

  it('runs few of a worker at once, so that those of people find the cores free', async () => {
    const worker = server.connect({ application: 'pump-worker' });
    const sql = `SELECT (SELECT count() FROM system.processes WHERE query LIKE '%few at once%')::UInt8 AS running, sleep(0.1)`;
    const found = await Promise.all(Array.from({ length: 10 }, () => rows<{ running: number }>(worker, sql)));
    expect(Math.max(...found.flat().map(({ running }) => running))).toBeLessThanOrEqual(availableParallelism() + 1);
  });

  it('keeps decimals of 38 digits', async () => {
    await command('CREATE TABLE money (id UInt8, amount Decimal(38, 18)) ENGINE = MergeTree ORDER BY id');
    const amounts = [
      '12345678901234567890.123456789012345678',
      '-0.000000000000000001',
      '99999999999999999999.999999999999999999',
    ];
    const values = amounts.map((amount, id) => ({ id, amount }));
    const inserted = await server.client.insert({ table: 'money', values, format: 'JSONEachRow' });
    expect(inserted.summary).toMatchObject({ written_rows: '3' });
    const clickhouse_settings = { output_format_json_quote_decimals: 1 as const };
    expect(await query('SELECT amount FROM money ORDER BY id', { clickhouse_settings })).toEqual(
      amounts.map((amount) => ({ amount })),
    );
    const sum = 'SELECT sum(amount) AS sum FROM money WHERE id < 2';
    expect(await query(sum, { clickhouse_settings })).toEqual([{ sum: '12345678901234567890.123456789012345677' }]);
    const one = await query('SELECT {a:Decimal(38, 18)} AS a', {
      query_params: { a: amounts[2] },
      clickhouse_settings,
    });
    expect(one).toEqual([{ a: amounts[2] }]);
  });

  it.each([
    ['String', `it's "quoted" \\ \n \t \r \0 ; -- /* $$ {x} ä 🙂`],
    ['String', ''],
    ['Int64', -42],
    ['Float64', 0.1],
    ['Bool', true],
    ['Nullable(String)', null],
    ['Array(String)', ["a'b", 'c\\d', 'e\nf\tg', '']],
    ['Array(Array(UInt8))', [[1, 2], []]],
    ['Map(String, UInt32)', { "k'1": 1 }],
    ['Tuple(String, UInt8)', new TupleParam(["t'", 1])],
    ['Date', '2026-07-28'],
    ['DateTime64(3)', '2026-07-28 01:02:03.678'],
    ['UUID', '61f0c404-5cb3-11e7-907b-a6006ad3dba0'],
    ["Enum8('a' = 1, 'b' = 2)", 'b'],
  ])('binds a parameter of type %s: %j', async (type, value) => {
    const expected = [{ p: value instanceof TupleParam ? value.values : value }];
    expect(await query(`SELECT {p:${type}} AS p`, { query_params: { p: value } })).toEqual(expected);
    const form = server.connect({ use_multipart_params: true } as object);
    expect(await rows(form, `SELECT {p:${type}} AS p`, { query_params: { p: value } })).toEqual(expected);
  });

  it('binds identifiers, and parameters in INSERT … VALUES', async () => {
    await command('CREATE TABLE `odd ``;name` (`a;b` String) ENGINE = Memory');
    const query_params = { t: 'odd `;name', v: "x'); DROP TABLE t" };
    await command("INSERT INTO {t:Identifier} VALUES ({v:String}), (upper('y;'))", { query_params });
    expect(await query('SELECT * FROM {t:Identifier} ORDER BY 1', { query_params })).toEqual([
      { 'a;b': 'Y;' },
      { 'a;b': query_params.v },
    ]);
  });

  it('uses the database option, and creates and drops databases', async () => {
    await command('CREATE DATABASE `my-db`');
    const client = server.connect({ database: 'my-db' });
    await client.command({ query: 'CREATE TABLE t (a Int8) ENGINE = Memory' });
    await client.insert({ table: 't', values: [{ a: 1 }], format: 'JSONEachRow' });
    expect(await rows(client, 'SELECT currentDatabase() AS d, a FROM t')).toEqual([{ d: 'my-db', a: 1 }]);
    await expect(query('SELECT * FROM t')).rejects.toEqual(failure(60));
    await command('DROP DATABASE `my-db`');
    await expect(rows(client, 'SELECT 1')).rejects.toEqual(failure(81));
  });

  it('collapses, unnests and views', async () => {
    await command(
      `CREATE TABLE days (day Date, version UInt64, items Nested(name LowCardinality(String), amount Decimal(38, 18)))
       ENGINE = ReplacingMergeTree(version) ORDER BY day COMMENT 'a day; per row'`,
    );
    await command(
      "CREATE VIEW flat AS SELECT day, i.name AS name, i.amount AS amount FROM days FINAL ARRAY JOIN items AS i COMMENT 'flat; items'",
    );
    const day = (version: number, names: string[]) => ({
      day: '2026-07-28',
      version,
      'items.name': names,
      'items.amount': names.map(() => '0.1'),
    });
    for (const values of [[day(2, ['a', 'b'])], [day(3, ['b', 'c', 'd'])], [day(1, ['old'])]]) {
      await server.client.insert({ table: 'days', values, format: 'JSONEachRow' });
    }
    const clickhouse_settings = { output_format_json_quote_decimals: 1 as const };
    const answer = await query('SELECT groupArray(name) AS names, sum(amount) AS sum FROM flat', {
      clickhouse_settings,
    });
    expect(answer).toEqual([{ names: ['b', 'c', 'd'], sum: '0.3' }]);
    expect(await query("SELECT comment FROM system.tables WHERE name = 'flat'")).toEqual([{ comment: 'flat; items' }]);
  });

  it('deletes by mutation, at once with mutations_sync', async () => {
    await command('CREATE TABLE mutated ENGINE = MergeTree ORDER BY number AS SELECT number FROM numbers(10)');
    await command('ALTER TABLE mutated DELETE WHERE number < 7', { clickhouse_settings: { mutations_sync: '1' } });
    expect(await query('SELECT count()::UInt8 AS n FROM mutated')).toEqual([{ n: 3 }]);
  });
});

describe('isolation', () => {
  it('lets no setting, database or temporary table reach another statement', async () => {
    const read =
      "SELECT name, value FROM system.settings WHERE changed AND name IN ('max_execution_time', 'readonly', 'log_comment')";
    const clickhouse_settings = { max_execution_time: 7, readonly: '2' as const, log_comment: 'ours' };
    expect(await query(read, { clickhouse_settings })).toHaveLength(3);
    await command('SET max_execution_time = 1');
    await command('CREATE TEMPORARY TABLE gone (a Int8)');
    await command('USE system');
    expect(await query(read)).toEqual([]);
    expect(await query('SELECT currentDatabase() AS d')).toEqual([{ d: 'default' }]);
    await expect(query('SELECT * FROM gone')).rejects.toEqual(failure(60));
  });

  it('lets no parameter reach the next statement, which may use the same connection', async () => {
    const sql = 'SELECT {mine:String} AS mine, {other:String} AS other';
    const inside = { query_params: { mine: 'a', other: 'b' } };
    expect(await query(sql, inside)).toEqual([{ mine: 'a', other: 'b' }]);
    expect(await query(sql, { query_params: { mine: 'c', other: 'd' } })).toEqual([{ mine: 'c', other: 'd' }]);
    // Of these, one value is another than before, and then the first one again.
    for (const [mine, other] of ['cb', 'ab', 'ad', 'ab']) {
      expect(await query(sql, { query_params: { mine, other } })).toEqual([{ mine, other }]);
    }
    await expect(query(sql, { query_params: { mine: 'e' } })).rejects.toEqual(failure(456));
    await expect(query(sql)).rejects.toEqual(failure(456));
  });

  it('heeds max_execution_time and readonly', async () => {
    const slow = 'SELECT count() FROM system.numbers';
    const limited = { max_execution_time: 0.2, timeout_before_checking_execution_speed: 0 };
    await expect(query(slow, { clickhouse_settings: limited })).rejects.toEqual(failure(159));
    await expect(
      command('CREATE TABLE no (a Int8) ENGINE = Memory', { clickhouse_settings: { readonly: '1' } }),
    ).rejects.toEqual(failure(164));
  });

  it('shows no rows of a failed query to the next one', async () => {
    const failing = 'SELECT number, throwIf(number = 900000) FROM numbers(1000000) SETTINGS max_block_size = 1000';
    for (let round = 0; round < 5; round++) {
      await expect(query(failing)).rejects.toEqual(failure(395));
      expect(await query("SELECT 'clean' AS a")).toEqual([{ a: 'clean' }]);
      await expect(
        query('SELECT 1', { clickhouse_settings: { max_result_rows: '1', max_rows_to_read: 'x' } }),
      ).rejects.toThrow();
    }
  });

  it('answers many queries at a time, each its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        query('SELECT {n:UInt32} AS n, max(number)::UInt32 AS m FROM numbers({m:UInt32})', {
          query_params: { n, m: n * 1000 + 1 },
        }),
      ),
    );
    expect(answers).toEqual(answers.map((_, n) => [{ n, m: n * 1000 }]));
  });
});

describe('errors', () => {
  it.each([
    ['SELECT * FROM nowhere', 60],
    ['SELEC 1', 62],
    ['SELECT unknown_column', 47],
    ['SELECT no_such_function(1)', 46],
    ['SELECT 1 SETTINGS no_such_setting = 1', 115],
    ['SELECT 1 FORMAT NoSuchFormat', 73],
    ['SELECT {p:UInt8}', 456],
    ["SELECT toUInt8('x')", 6],
    ['SELECT 1; DROP TABLE kept', 62],
    ["SELECT * FROM file('/etc/hosts', LineAsString)", 497],
    ["SELECT 1 INTO OUTFILE '/tmp/x'", 358],
    ["INSERT INTO kept FROM INFILE '/etc/hosts' FORMAT TSV", 78],
    ['SYSTEM SHUTDOWN', 497],
  ])('%s: %i', async (sql, code) => {
    await expect(command(sql)).rejects.toEqual(failure(code));
  });

  it('names the type, and the message without our own paths', async () => {
    await command('CREATE TABLE strict (a UInt8) ENGINE = Memory');
    const clickhouse_settings = { input_format_skip_unknown_fields: 0 as const };
    const insert = server.client.insert({
      table: 'strict',
      values: [{ b: 1 }],
      format: 'JSONEachRow',
      clickhouse_settings,
    });
    await expect(insert).rejects.toMatchObject({
      code: '117',
      type: 'INCORRECT_DATA',
      message: expect.not.stringMatching(/spool|in file/),
    });
    expect(await query('SELECT * FROM strict')).toEqual([]);
  });

  it('refuses a wrong password, also one that begins right', async () => {
    for (const password of ['', 'wrong', server.engine.password.slice(0, -1)]) {
      await expect(rows(server.connect({ password }), 'SELECT 1')).rejects.toEqual(failure(516));
    }
    await expect(rows(server.connect({ username: 'nobody' }), 'SELECT 1')).rejects.toEqual(failure(516));
  });

  it('refuses a role, rather than ignoring it', async () => {
    await expect(query('SELECT 1', { role: 'a' })).rejects.toEqual(failure(48));
  });

  it('executes nothing of stacked statements', async () => {
    await command('CREATE TABLE kept (a Int8) ENGINE = Memory');
    for (const sql of [
      'SELECT 1; DROP TABLE kept',
      'DROP TABLE kept; SELECT 1',
      'DROP TABLE kept;/* */-- \nDROP TABLE kept',
    ]) {
      await expect(command(sql)).rejects.toEqual(failure(62));
    }
    expect(await query('EXISTS kept')).toEqual([{ result: 1 }]);
  });
});

describe('inserts', () => {
  const table = async (columns: string) => {
    const name = `t_${randomUUID().replaceAll('-', '')}`;
    await command(`CREATE TABLE ${name} (${columns}) ENGINE = MergeTree ORDER BY tuple()`);
    return name;
  };

  it('takes arrays, streams of objects and raw streams', async () => {
    const name = await table('a UInt32, s String');
    const row = { a: 1, s: "x'\\\n\t;" };
    await server.client.insert({ table: name, values: [row], format: 'JSONEachRow' });
    await server.client.insert({ table: name, values: [[2, 'y']], format: 'JSONCompactEachRow', columns: ['a', 's'] });
    await server.client.insert({ table: name, values: Readable.from([{ a: 3, s: '' }]), format: 'JSONEachRow' });
    const csv = Readable.from(['4,"a\n\nDROP TABLE x;', '\n"\n'], { objectMode: false });
    await server.client.insert({ table: name, values: csv, format: 'CSV' });
    await server.client.insert({ table: name, values: [], format: 'JSONEachRow' });
    expect(await query(`SELECT * FROM ${name} ORDER BY a`)).toEqual([
      row,
      { a: 2, s: 'y' },
      { a: 3, s: '' },
      { a: 4, s: 'a\n\nDROP TABLE x;\n' },
    ]);
  });

  it('runs no SQL out of data', async () => {
    const name = await table('a UInt32, s String');
    const values = Readable.from([`1,a\n\nDROP TABLE ${name};\n`], { objectMode: false });
    await expect(server.client.insert({ table: name, values, format: 'CSV' })).rejects.toEqual(failure(27));
    await expect(command(`INSERT INTO ${name} VALUES (1, 'a'); DROP TABLE ${name}`)).rejects.toThrow();
    expect(await query(`SELECT count()::UInt8 AS n FROM ${name}`)).toEqual([{ n: 0 }]);
  });

  it.each(['Parquet', 'RowBinary', 'Native', 'CSVWithNames', 'ArrowStream'])('moves %s out and in', async (format) => {
    const name = await table('a UInt32, s String, d Decimal(38, 18)');
    const rowsOut = `SELECT number::UInt32 AS a, concat('s\\0;\\n', a) AS s, a::Decimal(38, 18) / 8 AS d FROM numbers(1000) FORMAT ${format}`;
    const { stream } = await server.client.exec({ query: rowsOut });
    const bytes = await buffer(stream);
    await server.client.exec({
      query: `INSERT INTO ${name} FORMAT ${format}`,
      values: Readable.from([bytes], { objectMode: false }),
    });
    const sums = `SELECT count()::UInt32 AS n, sum(a)::UInt32 AS a, toString(sum(d)) AS d, max(s) AS s FROM ${name}`;
    expect(await query(sums)).toEqual([{ n: 1000, a: 499500, d: '62437.5', s: 's\0;\n999' }]);
  });

  it('inserts nothing of an upload that is lost', async () => {
    const name = await table('a UInt32');
    const cut = () =>
      Readable.from(
        (async function* () {
          for (let a = 0; a < 1000; a++) yield `${a}\n`.repeat(100);
          throw new Error('cut');
        })(),
        { objectMode: false },
      );
    for (const request of [false, true]) {
      const client = server.connect({ compression: { request } });
      await expect(client.insert({ table: name, values: cut(), format: 'TabSeparated' })).rejects.toThrow();
    }
    expect(await query(`SELECT count()::UInt32 AS n FROM ${name}`)).toEqual([{ n: 0 }]);
  });
});

describe('compression', () => {
  it.each(['gzip', 'zstd', 'br'] as const)('works both ways with %s', async (codec) => {
    const client = server.connect({ compression: { request: { codec }, response: { codec } } } as object);
    const table = `compressed_${codec}`;
    await client.command({ query: `CREATE TABLE ${table} (a UInt32, s String) ENGINE = MergeTree ORDER BY a` });
    const values = Array.from({ length: 5000 }, (_, a) => ({ a, s: `row ${a}; `.repeat(10) }));
    await client.insert({ table, values, format: 'JSONEachRow' });
    expect(await rows(client, `SELECT * FROM ${table} ORDER BY a`)).toEqual(values);
    await expect(rows(client, 'SELECT nothing')).rejects.toEqual(failure(47));
  });
});

describe('abort', () => {
  const SLOW = 'SELECT sum(sipHash64(number)) FROM system.numbers';
  const running = (mark: string) =>
    query(`SELECT query FROM system.processes WHERE Settings['log_comment'] = {mark:String}`, {
      query_params: { mark },
    });

  async function aborted(start: (client: ClickHouseClient, options: object) => Promise<unknown>) {
    const mark = randomUUID();
    const controller = new AbortController();
    const options = { abort_signal: controller.signal, clickhouse_settings: { log_comment: mark } };
    const outcome = start(server.client, options).then(
      () => 'done',
      () => 'failed',
    );
    await vi.waitFor(async () => expect(await running(mark)).toHaveLength(1), { interval: 10, timeout: 60_000 });
    controller.abort();
    expect(await outcome).toBe('failed');
    await vi.waitFor(async () => expect(await running(mark)).toEqual([]), { interval: 10, timeout: 60_000 });
  }

  it('kills a query', () => aborted((client, options) => client.query({ query: SLOW, ...options })));

  it('kills an insert', async () => {
    await command('CREATE TABLE endless (n UInt64) ENGINE = MergeTree ORDER BY n');
    await aborted((client, options) => client.command({ query: `INSERT INTO endless ${SLOW}`, ...options }));
    expect(await query('SELECT count()::UInt8 AS n FROM endless')).toEqual([{ n: 0 }]);
  });

  it('kills what a client times out on, and what waits for its turn', async () => {
    const client = server.connect({ request_timeout: 300, max_open_connections: 40 });
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => client.command({ query: SLOW })));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    await vi.waitFor(async () => expect(await query('SELECT query FROM system.processes')).toHaveLength(1), {
      timeout: 60_000,
    });
  });
});
