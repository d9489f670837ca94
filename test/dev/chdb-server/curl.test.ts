import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { withServer } from './with-server.ts';

const server = withServer();

/** Runs curl as a person would; `input` is what `--data-binary @-` reads. */
async function curl(path: string, args: string[] = [], input: string | Buffer = '') {
  const child = spawn('curl', ['-s', '-i', '-H', 'Expect:', `${server.engine.url}${path}`, ...args]);
  child.stdin.on('error', () => {}).end(input);
  const [output] = await Promise.all([buffer(child.stdout), once(child, 'exit')]);
  const end = output.indexOf('\r\n\r\n');
  const [status = '', ...lines] = output.subarray(0, Math.max(end, 0)).toString().split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => line.split(/: (.*)/, 2)).map(([name = '', value = '']) => [name.toLowerCase(), value]),
  );
  return {
    status: Number(status.split(' ')[1]),
    headers,
    bytes: output.subarray(end + 4),
    text: output.subarray(end + 4).toString(),
  };
}
const user = () => ['-u', `default:${server.engine.password}`];
const post = (sql: string | Buffer, query = '', args: string[] = []) =>
  curl(`/${query}`, [...user(), '--data-binary', '@-', ...args], sql);
const url = (parameters: Record<string, string>) => `?${new URLSearchParams(parameters)}`;

describe('access', () => {
  it('answers / and /ping to everybody, and nothing else', async () => {
    for (const path of ['/ping', '/']) expect(await curl(path)).toMatchObject({ status: 200, text: 'Ok.\n' });
    expect(await curl('/elsewhere')).toMatchObject({ status: 404 });
    expect(await curl('/', ['-X', 'DELETE'])).toMatchObject({ status: 405 });
    const answer = await curl('/?query=SELECT+1');
    expect(answer).toMatchObject({ status: 403, headers: { 'x-clickhouse-exception-code': '516' } });
    expect(answer.text).toMatch(
      /^Code: 516\. DB::Exception: .* \(AUTHENTICATION_FAILED\) \(version [\d.]+ \(chDB\)\)\n$/,
    );
  });

  it('lets a page of another origin ask, and read what asks for that', async () => {
    const preflight = await curl('/?add_http_cors_header=1', ['-X', 'OPTIONS', '-H', 'Origin: http://ui.example']);
    expect(preflight).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': '*' } });
    expect(preflight.headers['access-control-allow-headers']).toContain('Authorization');
    const allowedTo = async (query: string, args: string[]) =>
      (await post('SELECT 1', query, args)).headers['access-control-allow-origin'];
    expect(await allowedTo('?add_http_cors_header=1', ['-H', 'Origin: http://ui.example'])).toBe('*');
    expect(await allowedTo('?add_http_cors_header=1', [])).toBeUndefined();
    expect(await allowedTo('', ['-H', 'Origin: http://ui.example'])).toBeUndefined();
  });

  it('takes the password as Basic, in headers and in the URL', async () => {
    const { password } = server.engine;
    const ways: [Record<string, string>, string[]][] = [
      [{}, user()],
      [{}, ['-H', 'X-ClickHouse-User: default', '-H', `X-ClickHouse-Key: ${password}`]],
      [{}, ['-H', `X-ClickHouse-Key: ${password}`]],
      [{ user: 'default', password }, []],
      [{ password }, []],
    ];
    for (const [parameters, args] of ways) {
      expect(await curl(`/${url({ ...parameters, query: 'SELECT 1' })}`, args)).toMatchObject({
        status: 200,
        text: '1\n',
      });
    }
    for (const args of [
      ['-u', 'default:x'],
      ['-u', `x:${password}`],
      ['-H', 'Authorization: Bearer x'],
      ['-H', 'X-ClickHouse-Key: x', ...user()],
    ]) {
      expect(await curl('/?query=SELECT+1', args)).toMatchObject({ status: 403 });
    }
  });
});

describe('reading', () => {
  it('takes SQL from the URL, the body, or both', async () => {
    expect((await curl('/?query=SELECT+1%2B1', user())).text).toBe('2\n');
    expect((await post('SELECT 2')).text).toBe('2\n');
    expect((await post('+ 2', url({ query: 'SELECT 1' }))).text).toBe('3\n');
    expect((await post("SELECT {s:String}, $tag$;$tag$, ';' -- ;\n;", url({ param_s: "a\\tb'" }))).text).toBe(
      "a\\tb\\'\t;\t;\n",
    );
    expect(await post('')).toMatchObject({ status: 400 });
    expect((await curl('/?', user())).status).toBe(400);
  });

  it('takes a form', async () => {
    const args = [
      ...user(),
      '-F',
      'query=SELECT {a:UInt8} + {b:UInt8} AS sum',
      '-F',
      'param_a=1',
      '-F',
      'param_b=2',
      '-F',
      'default_format=JSONEachRow',
    ];
    expect((await curl('/', args)).text).toBe('{"sum":3}\n');
  });

  it('says format, id and length, and heeds default_format', async () => {
    const answer = await post('SELECT 1 AS a', url({ default_format: 'JSONEachRow', query_id: 'mine' }));
    expect(answer).toMatchObject({
      text: '{"a":1}\n',
      headers: {
        'x-clickhouse-query-id': 'mine',
        'x-clickhouse-format': 'JSONEachRow',
        'content-type': 'application/x-ndjson; charset=UTF-8',
        'content-length': '8',
        'x-clickhouse-timezone': 'UTC',
      },
    });
    expect((await post('SELECT 1 FORMAT CSV', url({ default_format: 'JSON' }))).text).toBe('1\n');
    expect((await post('SHOW DATABASES', url({ default_format: 'CSV' }))).text).toContain('"default"');
    expect((await post('SELECT timezone()')).text).toBe('UTC\n');
    expect((await post('SELECT 1', url({ output_format_json_quote_decimals: '1' }))).text).toBe('1\n');
  });

  it('sends every format unchanged', async () => {
    const sql = 'SELECT number AS n, toString(n) AS s FROM numbers(3) FORMAT';
    expect((await post(`${sql} CSVWithNames`)).text).toBe('"n","s"\n0,"0"\n1,"1"\n2,"2"\n');
    expect(JSON.parse((await post(`${sql} JSON`)).text)).toMatchObject({ rows: 3, data: [{ n: 0, s: '0' }, {}, {}] });
    expect((await post(`${sql} Parquet`)).text).toMatch(/^PAR1[\s\S]*PAR1$/);
    expect((await post(`SELECT 1 SETTINGS max_threads = 1 FORMAT CSV -- ;`)).text).toBe('1\n');
    expect((await post(`${sql} TSV SETTINGS max_threads = 1 /* ; */ ;`)).text).toBe('0\t0\n1\t1\n2\t2\n');
    expect((await post('(SELECT 1 AS format ORDER BY format DESC) UNION ALL SELECT 1')).text).toBe('1\n1\n');
    expect(await post(`${sql} Null`)).toMatchObject({ status: 200, text: '' });
    expect(await post('SELECT 1 WHERE 0 FORMAT TSV')).toMatchObject({ status: 200, text: '' });
  });

  it('compresses a longer result if both the setting and the header request it', async () => {
    const sql = 'SELECT number FROM numbers(10000)';
    const plain = await post(sql);
    const gzip = await post(sql, url({ enable_http_compression: '1' }), ['-H', 'Accept-Encoding: gzip, deflate']);
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.bytes)).toEqual(plain.bytes);
    const deflate = await post(sql, url({ enable_http_compression: '1' }), [
      '-H',
      'Accept-Encoding: deflate',
      '--compressed',
    ]);
    expect(deflate.bytes).toEqual(plain.bytes);
    expect((await post(sql, '', ['-H', 'Accept-Encoding: gzip'])).headers['content-encoding']).toBeUndefined();
  });

  it('is read-only by GET', async () => {
    await post('CREATE TABLE fixed (a Int8) ENGINE = MergeTree ORDER BY a');
    for (const query of [
      'INSERT INTO fixed VALUES (1)',
      'DROP TABLE fixed',
      'CREATE TABLE other (a Int8) ENGINE = Memory',
    ]) {
      for (const more of [{}, { readonly: '0' }]) {
        const { headers } = await curl(`/${url({ query, ...more })}`, user());
        expect(headers['x-clickhouse-exception-code']).toBe('164');
      }
    }
    expect((await curl(`/${url({ query: 'SELECT count() FROM fixed', max_threads: '1' })}`, user())).text).toBe('0\n');
    expect((await curl(`/${url({ query: 'SELECT 1', readonly: '1' })}`, user())).text).toBe('1\n');
  });
});

describe('errors', () => {
  it.each([
    ['SELECT * FROM nowhere', 404, '60', 'UNKNOWN_TABLE'],
    ['SELECT nothing', 404, '47', 'UNKNOWN_IDENTIFIER'],
    ['SELEC 1', 400, '62', 'SYNTAX_ERROR'],
    ['SELECT 1; SELECT 2', 400, '62', 'SYNTAX_ERROR'],
    ['exit', 400, '62', 'SYNTAX_ERROR'],
    ["SELECT toUInt8('x')", 400, '6', 'CANNOT_PARSE_TEXT'],
    ['SELECT count() FROM system.numbers SETTINGS max_execution_time = 0.1', 408, '159', 'TIMEOUT_EXCEEDED'],
    ['SELECT throwIf(number = 3000000) FROM numbers(4000000)', 500, '395', 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO'],
    ['INSERT INTO t SELECT * FROM input() FORMAT TSV', 501, '48', 'NOT_IMPLEMENTED'],
    ['SYSTEM KILL', 403, '497', 'ACCESS_DENIED'],
  ])('%s', async (sql, status, code, type) => {
    const answer = await post(sql);
    expect(answer).toMatchObject({ status, headers: { 'x-clickhouse-exception-code': code } });
    expect(answer.text).toMatch(
      new RegExp(`^Code: ${code}\\. DB::Exception: [\\s\\S]* \\(${type}\\) \\(version .*\\)\\n$`),
    );
  });

  it('refuses what it would have to ignore', async () => {
    expect(await post('SELECT 1', url({ role: 'a' }))).toMatchObject({ status: 501 });
    expect(await post('SELECT 1', url({ no_such: '1' }))).toMatchObject({
      status: 404,
      headers: { 'x-clickhouse-exception-code': '115' },
    });
    expect(await post('SELECT 1', url({ "a'b": '1' }))).toMatchObject({ status: 400 });
    expect(await post('SELECT 1', '', ['-H', 'Content-Encoding: snappy'])).toMatchObject({
      headers: { 'x-clickhouse-exception-code': '89' },
    });
    expect(await post(`SELECT 1${' '.repeat(70_000_000)}`)).toMatchObject({ status: 413 });
    expect(await post(Buffer.from("SELECT '\xff'", 'latin1'))).toMatchObject({ status: 400 });
    expect(await post('SELECT 1', url({ database: 'nowhere' }))).toMatchObject({ status: 404 });
  });

  it.each([
    'SELECT \0',
    `SELECT ${'('.repeat(20_000)}`,
    `SELECT ${'[1,'.repeat(3_000)}`,
    `SELECT '${'x'.repeat(300_000)}'`,
    '/*'.repeat(10_000),
    'SELECT $$',
    'INSERT',
    'INSERT INTO',
    'INSERT INTO t FORMAT',
    'INSERT INTO nowhere VALUES',
    'INSERT INTO nowhere FORMAT JSONEachRow',
    'SELECT 1 FORMAT',
    'SET',
    'USE',
    '\ufeffSELECT 1 x',
    'SELECT sleepEachRow(1) FROM numbers(100) SETTINGS max_execution_time = 0.1',
    'SELECT arrayMap(x -> x, range(1000000000000))',
    "SELECT repeat('x', 10000000000)",
    'KILL QUERY WHERE 1 ASYNC',
  ])('survives strange statement %#', async (sql) => {
    expect((await post(sql)).status).toBeGreaterThanOrEqual(200);
    expect((await post('SELECT 1')).text).toBe('1\n');
  });
});

describe('writing', () => {
  const count = async (table: string) => (await post(`SELECT count() FROM ${table}`)).text.trim();

  it('takes data after the SQL, in the URL or in the body', async () => {
    await post('CREATE TABLE inline (a Int32, s String) ENGINE = MergeTree ORDER BY a');
    for (const [sql, query] of [
      ['INSERT INTO inline FORMAT JSONEachRow {"a": 1, "s": "x;\\ny"}', ''],
      ['INSERT INTO inline FORMAT CSV\n2,"a;\n\nDROP TABLE inline;\n"\n', ''],
      ["INSERT INTO inline VALUES (3, 'a;b'), (4, lower('Y;'));", ''],
      ['5\tx\n', url({ query: 'INSERT INTO inline FORMAT TSV' })],
      ["(6, 'x')", url({ query: 'INSERT INTO inline (a, s) VALUES' })],
      ['(7)', url({ query: 'INSERT INTO inline (a) SETTINGS async_insert = 0 VALUES' })],
      ['', url({ query: "INSERT INTO inline VALUES (8, 'x')" })],
    ] as const) {
      const answer = await post(sql, query);
      expect([sql, answer.status, answer.text]).toEqual([sql, 200, '']);
    }
    const written = await post("INSERT INTO inline VALUES (9, ''), (10, '')");
    expect(written.headers['x-clickhouse-summary']).toContain('"written_rows":"2"');
    expect((await post('SELECT a, s FROM inline WHERE a < 5 ORDER BY a')).text).toBe(
      '1\tx;\\ny\n2\ta;\\n\\nDROP TABLE inline;\\n\n3\ta;b\n4\ty;\n',
    );
    expect(await count('inline')).toBe('10');
  });

  it('runs no SQL out of data', async () => {
    await post('CREATE TABLE safe (a String) ENGINE = MergeTree ORDER BY a');
    for (const sql of [
      "INSERT INTO safe VALUES ('a'); DROP TABLE safe",
      "INSERT INTO safe VALUES ('a')\n\nDROP TABLE safe",
      'INSERT INTO safe FORMAT JSONEachRow {"a":"a"}\n\nDROP TABLE safe',
      "INSERT INTO safe SELECT * FROM input('a String') FORMAT TSV\na\n\nDROP TABLE safe",
    ]) {
      expect((await post(sql)).status).toBeGreaterThanOrEqual(400);
    }
    await post('INSERT INTO safe FORMAT LineAsString\na\n\nDROP TABLE safe;\n');
    expect((await post('SELECT a FROM safe ORDER BY a FORMAT TSV')).text).toBe('\nDROP TABLE safe;\na\n');
  });

  it('takes compressed data, and none of them if they end early', async () => {
    await post('CREATE TABLE zipped (a UInt32) ENGINE = MergeTree ORDER BY a');
    const lines = Array.from({ length: 200_000 }, (_, a) => `${a}\n`).join('');
    const query = url({ query: 'INSERT INTO zipped FORMAT TSV' });
    const zipped = gzipSync(lines);
    const args = ['-H', 'Content-Encoding: gzip'];
    expect(await post(zipped.subarray(0, zipped.length - 1000), query, args)).toMatchObject({ status: 500 });
    expect(await post(Buffer.from(lines), query, args)).toMatchObject({ status: 500 });
    expect(await count('zipped')).toBe('0');
    expect(await post(zipped, query, args)).toMatchObject({ status: 200 });
    expect(await count('zipped')).toBe('200000');
  });

  it('inserts nothing where the connection is lost', async () => {
    await post('CREATE TABLE lost (a UInt32) ENGINE = MergeTree ORDER BY a');
    const authorization = `Authorization: Basic ${Buffer.from(`default:${server.engine.password}`).toString('base64')}`;
    for (const length of ['Content-Length: 1000000', 'Transfer-Encoding: chunked']) {
      const socket = connect(Number(new URL(server.engine.url).port), '127.0.0.1');
      await once(socket, 'connect');
      const data = '1\n2\n3\n'.repeat(1000);
      const body = length.startsWith('T') ? `${data.length.toString(16)}\r\n${data}\r\n` : data;
      socket.write(
        `POST /?query=INSERT+INTO+lost+FORMAT+TSV HTTP/1.1\r\nHost: x\r\n${authorization}\r\n${length}\r\n\r\n${body}`,
      );
      socket.end();
      await once(socket.resume(), 'close');
    }
    expect(await count('lost')).toBe('0');
  });

  it('survives bytes that are not HTTP', async () => {
    for (const request of [
      'GET // HTTP/1.1',
      'GET http://[ HTTP/1.1',
      'POST /?%ff=%zz HTTP/1.1',
      'nonsense',
      '\x16\x03\x01',
    ]) {
      const socket = connect(Number(new URL(server.engine.url).port), '127.0.0.1');
      await once(socket, 'connect');
      socket.end(`${request}\r\nHost: x\r\nConnection: close\r\n\r\n`);
      await once(socket.resume(), 'close');
    }
    expect((await post('SELECT 1')).text).toBe('1\n');
  });

  it('kills the query of a client that has gone', async () => {
    const sql = "SELECT count() FROM system.numbers WHERE NOT ignore('abandoned')";
    expect((await post(sql, '', ['--max-time', '0.5'])).status).toBeNaN();
    await vi.waitFor(
      async () =>
        expect((await post("SELECT count() FROM system.processes WHERE query LIKE '%abandoned%'")).text).toBe('1\n'),
      {
        timeout: 60_000,
      },
    );
  });
});
