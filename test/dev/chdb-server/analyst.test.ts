import { beforeAll, describe, expect, it } from 'vitest';
import { readAnalysts } from '#dev/chdb-server/users/analysts.ts';
import { sender } from './request.ts';
import { withServer } from './with-server.ts';

const ANALYSTS = 'analyst, finance:acme';
const server = withServer({ analysts: ANALYSTS });
const owner = sender(() => server.engine);
let analyst: typeof owner;
let finance: typeof owner;

beforeAll(async () => {
  const { password: secret } = server.engine;
  const passwords = readAnalysts(ANALYSTS, { tenant: 'local', secret, warehouse: 'default' });
  const as = (user: string) => sender(() => server.engine, user, passwords.find((one) => one.user === user)?.password);
  analyst = as('analyst');
  finance = as('finance');
  for (const sql of [
    'CREATE TABLE cost_days (tenant_id String, n Int8) ENGINE = MergeTree ORDER BY tenant_id',
    "INSERT INTO cost_days VALUES ('local', 1), ('acme', 2)",
    'CREATE TABLE credentials (tenant_id String, sealed String) ENGINE = MergeTree ORDER BY tenant_id',
    "INSERT INTO credentials VALUES ('local', 'key')",
    "CREATE VIEW costs AS SELECT * FROM cost_days COMMENT 'what it is'",
  ]) {
    expect(await owner(sql)).toMatchObject({ status: 200 });
  }
});

describe('an analyst', () => {
  it('reads the views and the rows of its tenant, and lists them', async () => {
    for (const sql of ['SELECT n FROM costs', 'SELECT n FROM cost_days', "SELECT n FROM merge('default', 'cost')"]) {
      expect([sql, (await owner(sql)).text.split('\n').length]).toEqual([sql, sql.includes('merge') ? 5 : 3]);
      expect(new Set((await analyst(sql)).text.split('\n'))).toEqual(new Set(['1', '']));
      expect(new Set((await finance(sql)).text.split('\n'))).toEqual(new Set(['2', '']));
    }
    const list = "SELECT name, comment FROM system.tables WHERE database = 'default' ORDER BY name";
    expect((await analyst(list)).text).toBe('cost_days\t\ncosts\twhat it is\n');
    expect(await owner("ALTER TABLE cost_days DELETE WHERE tenant_id = 'gone'")).toMatchObject({ status: 200 });
    for (const table of ['processes', 'mutations']) {
      expect((await analyst(`SELECT count() FROM system.${table}`)).text).toBe('0\n');
    }
  });

  it('writes into databases of its own, and nowhere else', async () => {
    for (const sql of [
      'CREATE TABLE analytics.mine ENGINE = MergeTree ORDER BY n AS SELECT n FROM costs',
      'INSERT INTO analytics.mine VALUES (7)',
      'CREATE OR REPLACE VIEW analytics.seen AS SELECT n FROM analytics.mine',
      'CREATE TABLE analytics.other AS analytics.mine',
      'EXCHANGE TABLES analytics.mine AND analytics.other',
      'RENAME TABLE analytics.other TO analytics.renamed',
      'ALTER TABLE analytics.mine ATTACH PARTITION tuple() FROM analytics.renamed',
      'ALTER TABLE analytics.mine DELETE WHERE n IN (8, NULL)',
      'ALTER TABLE analytics.mine ADD PROJECTION p (SELECT n, count() GROUP BY n)',
      'CREATE TABLE analytics.more (n Int8) ENGINE = MergeTree ORDER BY n AS SELECT n FROM costs WHERE n IN (SELECT n FROM costs)',
      'DELETE FROM analytics.more WHERE n = 3 AND n IN (abs(n), (4))',
      'CREATE TABLE analytics.filled (n Int8, d Date) ENGINE = MergeTree ORDER BY n TTL d + INTERVAL 9 YEAR AS SELECT n, today() FROM costs WHERE n IN (SELECT n FROM costs)',
      'ALTER TABLE analytics.filled ADD PROJECTION IF NOT EXISTS p (SELECT extract(YEAR FROM d) AS y, sum(n) GROUP BY y)',
      'CREATE TABLE analytics.as ENGINE = Memory AS (SELECT n FROM costs WHERE n IN (SELECT n FROM costs))',
      'DROP DATABASE analytics',
      'CREATE DATABASE analytics',
      'CREATE DATABASE analytics_staging',
    ]) {
      expect([sql, (await analyst(sql)).text]).toEqual([sql, '']);
    }
    expect((await analyst('CREATE TEMPORARY TABLE t (a Int8)', { session_id: 'a' })).status).toBe(200);
    expect(await finance('SELECT * FROM t', { session_id: 'a' })).toMatchObject({ code: '60' });
    for (const sql of [
      'INSERT INTO cost_days VALUES (1, 1)',
      'DROP TABLE cost_days',
      'CREATE TABLE theirs (a Int8) ENGINE = Memory',
      'CREATE DATABASE finance_too',
      'CREATE DATABASE another',
    ]) {
      expect([sql, (await analyst(sql)).code]).toEqual([sql, '497']);
    }
  });

  it.each([
    'SELECT * FROM credentials',
    'DESCRIBE credentials',
    "SELECT * FROM file('/etc/passwd', 'LineAsString')",
    "SELECT * FROM '/etc/passwd'",
    'SELECT * FROM default.`/etc/passwd`',
    "DESCRIBE '/etc/passwd'",
    "SELECT * FROM url('http://127.0.0.1/', 'LineAsString')",
    'SET ROLE owner',
    'SET ROLE ALL',
    'SET DEFAULT ROLE owner TO default',
    'GRANT owner TO default',
    "SELECT * FROM mergeTreeIndex('default', 'cost_days')",
    "SELECT * FROM `mergeTreeIndex`('default', 'cost_days')",
    "SELECT * FROM `merge\\x54reeIndex`('default', 'cost_days')",
    'CREATE VIEW analytics.v SQL SECURITY DEFINER AS SELECT * FROM cost_days',
    'CREATE VIEW analytics.v DEFINER = default AS SELECT * FROM cost_days',
    'CREATE MATERIALIZED VIEW analytics.v ENGINE = Memory AS SELECT * FROM cost_days',
    'CREATE TABLE analytics.c CLONE AS cost_days',
    'CREATE TABLE analytics.c ENGINE = Merge(default, cost_days) AS cost_days',
    'CREATE DICTIONARY analytics.d (a Int8) PRIMARY KEY a SOURCE(NULL()) LAYOUT(FLAT()) LIFETIME(0)',
    'ALTER TABLE analytics.mine ATTACH PARTITION tuple() FROM default.cost_days',
    'KILL QUERY WHERE 1 SYNC',
    'SYSTEM FLUSH LOGS',
    // What the engine itself does not refuse, of chDB 26.7: files, other tables' parts, every background merge.
    "SELECT file('/etc/passwd')",
    "SELECT “file”('/etc/passwd')",
    "SELECT * APPLY file FROM (SELECT '/etc/passwd')",
    "SELECT arrayMap(file, ['/etc/passwd'])",
    "CREATE TABLE analytics.c (a Int8, x String DEFAULT file('/etc/passwd')) ENGINE = Memory",
    "SELECT a, x FROM values('a Int8, x String ALIAS file(''/etc/passwd'')', 1)",
    "SELECT * FROM format(Values, 'a String', $$(file('/etc/passwd'))$$)",
    "SELECT * FROM generateRandom('x String ALIAS file(''/etc/passwd'')')",
    "SELECT * FROM eval('SELECT 1')",
    "SELECT * FROM executable('cat', 'TSV', 'x String')",
    "SELECT * FROM s3('http://127.0.0.1:1/bucket/x', 'LineAsString')",
    "SELECT * FROM remote('127.0.0.1', default.credentials)",
    "SELECT * FROM cluster('default', default.credentials)",
    "SELECT * FROM sqlite('/etc/passwd', 'x')",
    "INSERT INTO FUNCTION file('/tmp/never', 'TSV') SELECT 1",
    'DESCRIBE TABLE loop(default.credentials)',
    'SELECT * FROM view(SELECT * FROM default.credentials)',
    "CREATE TABLE analytics.c AS merge('default', '^cost_days$')",
    "CREATE TABLE analytics.c AS merge('default', '^credentials$')",
    'CREATE TABLE analytics.c AS loop(default.cost_days)',
    'CREATE TABLE analytics.c AS view(SELECT 1)',
    "CREATE TABLE analytics.c UUID '11111111-1111-1111-1111-111111111111' (a Int8) ENGINE = MergeTree ORDER BY a",
    'CREATE VIEW analytics.v AS SELECT * FROM default.credentials',
    'CREATE TABLE analytics.c ENGINE = Alias(default, credentials)',
    "CREATE DATABASE analytics_x ENGINE = Overlay('default')",
    "CREATE DATABASE analytics_x ENGINE = Filesystem('/')",
    "CREATE DATABASE analytics_x ENGINE = Backup('default', File('/tmp/never'))",
    'CREATE DATABASE analytics_x ENGINE = Dictionary',
    'CREATE TABLE analytics.c ENGINE = Memory AS SELECT * FROM credentials',
    "SELECT ('local', 'key') IN default.credentials",
    "ATTACH TABLE analytics.c FROM '/tmp' (a String) ENGINE = MergeTree ORDER BY a",
    "BACKUP TABLE default.cost_days TO File('/tmp/never')",
    'EXECUTE AS owner SELECT 1',
    'SYSTEM STOP MERGES',
    'CREATE VIEW analytics.v AS SELECT 1 PARALLEL WITH SYSTEM STOP MERGES',
    'CREATE FUNCTION f AS (x) -> x',
    // In the background, row policies do not hold.
    'ALTER TABLE analytics.mine UPDATE n = (SELECT sum(n) FROM cost_days) WHERE 1',
    'ALTER TABLE analytics.mine DELETE WHERE 2 IN (SELECT n FROM cost_days)',
    "ALTER TABLE analytics.mine UPDATE n = 1 WHERE ('acme', 2) IN default.cost_days",
    "ALTER TABLE analytics.mine UPDATE n = 1 WHERE ('acme', 2) IN (cost_days)",
    "ALTER TABLE analytics.mine UPDATE n = 1 WHERE NOT in(('acme', 2), default.cost_days)",
    "ALTER TABLE analytics.mine UPDATE n = 1 WHERE ('acme', 2) IN ((default.cost_days))",
    "ALTER TABLE analytics.mine UPDATE n = 1 WHERE ('acme', 2) IN ((default.cost_days) AS x)",
    "ALTER TABLE analytics.mine UPDATE n = 1 WHERE ('acme', 2) IN +default.cost_days",
    "ALTER TABLE analytics.mine UPDATE n = 1 WHERE ('acme', 2) IN +(+(default.cost_days))",
    "ALTER TABLE analytics.mine DELETE WHERE in(('acme', 2), ((default.cost_days)))",
    'ALTER TABLE analytics.mine UPDATE n = 1 WHERE projection AND (SELECT count() FROM default.cost_days)',
    'ALTER TABLE analytics.mine ADD PROJECTION p (SELECT (SELECT sum(n) FROM default.cost_days) AS x, n ORDER BY n)',
    'ALTER TABLE analytics.mine ADD PROJECTION IF NOT EXISTS p (SELECT n FROM default.cost_days)',
    "ALTER TABLE analytics.mine UPDATE n = 1 WHERE ('acme', 2) IN merge('default', '^cost_days$')",
    'DELETE FROM analytics.mine WHERE 2 IN (SELECT n FROM cost_days)',
    'CREATE TABLE analytics.c (d Date) ENGINE = MergeTree ORDER BY d TTL d DELETE WHERE 2 IN (SELECT n FROM cost_days)',
    'CREATE TABLE analytics.c AS analytics.mine ENGINE = MergeTree ORDER BY n TTL d DELETE WHERE 2 IN (SELECT n FROM default.cost_days)',
    'CREATE TABLE analytics.as (d Date) ENGINE = MergeTree ORDER BY d TTL d DELETE WHERE 2 IN (SELECT n FROM default.cost_days)',
    'CREATE TABLE analytics.c (d Date, CONSTRAINT c CHECK 2 IN (SELECT n FROM default.cost_days)) ENGINE = MergeTree ORDER BY d',
    "CREATE TABLE analytics.c (d Date, INDEX i ('acme', 2) IN default.cost_days TYPE minmax) ENGINE = MergeTree ORDER BY d",
    "CREATE TABLE analytics.c (d Date, PROJECTION p (SELECT d, ('a', 2) IN cost_days AS x ORDER BY d)) ENGINE = MergeTree ORDER BY d",
  ])('may not %s', async (sql) => {
    const { status, code, text } = await analyst(sql);
    if (!sql.startsWith('KILL')) expect([sql, code]).toEqual([sql, expect.stringMatching(/497|512/)]);
    else expect([status, text]).toEqual([200, '']); // it sees no statement to kill
  });

  it('may not call a table like the beginning of a query, and so hide what it says of itself', async () => {
    const own = { database: 'analytics' };
    for (const name of ['select', 'with']) {
      const sql = `CREATE TABLE \`${name}\` (d Date) ENGINE = MergeTree ORDER BY d`;
      expect(await analyst(sql, own)).toMatchObject({ status: 200 });
    }
    const ttl = 'TTL d DELETE WHERE 2 IN (SELECT n FROM default.cost_days)';
    for (const sql of [
      `CREATE TABLE c AS with ENGINE = MergeTree ORDER BY d ${ttl}`,
      `CREATE TABLE c AS select ENGINE = MergeTree ORDER BY (d DESC) ${ttl} SETTINGS allow_experimental_reverse_key = 1`,
      "CREATE TABLE as (d Date, x UInt8 DEFAULT ('acme', 2) IN default.cost_days) ENGINE = MergeTree ORDER BY d",
    ]) {
      expect([sql, (await analyst(sql, own)).code]).toEqual([sql, '497']);
    }
  });

  it('sends no SQL but its statement', async () => {
    const file = "file('/etc/passwd')";
    const name = { param_f: 'file' };
    const denied = { code: '497' };
    expect(await analyst("SELECT arrayMap({f:Identifier}, ['/etc/passwd'])", name)).toMatchObject(denied);
    await analyst('CREATE TABLE analytics.texts (s String) ENGINE = Memory');
    const insert = 'INSERT INTO analytics.texts';
    expect(await analyst(`${insert} VALUES (${file})`)).toMatchObject(denied);
    expect(await analyst(`${insert} VALUES (lower('A')), ('${'x'.repeat(100_000)}')`)).toMatchObject({ status: 200 });
    expect(await analyst(`${insert} VALUES ('${'x'.repeat(300_000)}'), (${file})`)).toMatchObject({ code: '344' });
    const long = `VALUES ('${'x'.repeat(300_000)}'), (${file})`;
    const short = `${insert} SETTINGS input_format_values_interpret_expressions ${long}`;
    expect(await analyst(short)).toMatchObject({ code: '452' });
    const form = new FormData();
    form.set('t', new Blob(['1\n']), 't');
    const external = { query: 'SELECT * FROM t', t_structure: `a Int8, x String ALIAS ${file}` };
    expect(await analyst('', external, { body: form })).toMatchObject(denied);
    const format = { default_format: "Template SETTINGS format_template_row = '/etc/passwd'" };
    expect(await analyst('SELECT 1', format)).toMatchObject({ code: '73' });
  });

  it('has the functions and names that are harmless', async () => {
    for (const [sql, text] of [
      ["SELECT format('{}-{}', 'a', 'b')", 'a-b\n'],
      ['SELECT * FROM (VALUES (1), (2)) ORDER BY ALL', '1\n2\n'],
      ['SELECT url, view FROM (SELECT 1 AS url, 2 AS view) WHERE url IN (1) AND (view > 0)', '1\t2\n'],
      ['SELECT count() FROM numbers(3)', '3\n'],
      ['(SELECT 1)', '1\n'],
    ]) {
      expect([sql, (await analyst(sql as string)).text]).toEqual([sql, text]);
    }
    expect((await analyst('SELECT n FROM {t:Identifier}', { param_t: 'costs' })).text).toBe('1\n');
  });

  it('has limits that it can lower, not raise', async () => {
    const ROWS = 'SELECT 1';
    expect(await analyst(ROWS, { max_execution_time: '5' })).toMatchObject({ status: 200 });
    for (const settings of [{ max_execution_time: '0' }, { max_memory_usage: '2000000001' }, { dialect: 'prql' }]) {
      expect(await analyst(ROWS, settings)).toMatchObject({ code: '452' });
    }
    for (const sql of [
      'SELECT 1 SETTINGS max_memory_usage = 0',
      'SELECT 1 SETTINGS max_memory_usage = 0.5',
      'SET max_execution_time = DEFAULT',
      "SET default_normal_view_sql_security = 'DEFINER'",
      "SET `profile` = 'default'",
      // Texts that are SQL, files or disks
      "SELECT 1 SETTINGS additional_result_filter = '1'",
      "SELECT 1 FORMAT Template SETTINGS format_template_row = '/etc/passwd'",
      "SELECT countDistinct('/etc/passwd') SETTINGS count_distinct_implementation = 'file'",
      "CREATE TABLE analytics.d (a Int8) ENGINE = MergeTree ORDER BY a SETTINGS disk = disk(type = local, path = '/')",
      "ALTER TABLE analytics.mine MODIFY SETTING storage_policy = 'default'",
      'INSERT INTO analytics.mine SETTINGS input_format_values_interpret_expressions = 1 VALUES (1)',
      // A name alone is 1.
      'SET use_query_condition_cache',
      'SELECT 1 SETTINGS max_threads = 1, `use_query_condition_cache`',
      'INSERT INTO analytics.mine SETTINGS input_format_values_interpret_expressions VALUES (1)',
    ]) {
      expect([sql, (await analyst(sql)).code]).toEqual([sql, '452']);
    }
    expect((await analyst("SELECT count() FROM (SELECT 'x' AS profile) WHERE profile = 'x'")).text).toBe('1\n');
  });

  it('has a limit of memory, and none that would be everybody’s', async () => {
    const range = (bytes: number) => `SELECT length(range(number + ${bytes / 8})) FROM numbers(1)`;
    // The engine refuses this before it takes it.
    expect(await analyst(range(2_400_000_000))).toMatchObject({ status: 500, code: '241' });
    expect(await analyst(range(80_000_000), { max_memory_usage: '10000000' })).toMatchObject({ code: '241' });
    for (const name of ['max_memory_usage_for_user', 'max_concurrent_queries_for_all_users']) {
      expect([name, (await analyst('SELECT 1', { [name]: '1' })).code]).toEqual([name, '452']);
    }
  });
});

it('an analyst is refused with another one’s password', async () => {
  const { password } = server.engine;
  expect(await sender(() => server.engine, 'analyst', password)('SELECT 1')).toMatchObject({ code: '516' });
});

it('refuses analysts who would own a database that is not theirs', () => {
  for (const list of ['default', 'system', 'warehouse']) {
    expect(() => readAnalysts(list, { tenant: 'local', secret: 'x', warehouse: 'warehouse' })).toThrow('ANALYSTS');
  }
});
