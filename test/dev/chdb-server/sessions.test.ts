import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sender } from './request.ts';
import { withServer } from './with-server.ts';

const server = withServer();
const send = sender(() => server.engine);
/** What the statements of a session return, one after the other. */
function session(parameters: Record<string, string> = {}) {
  const session_id = randomUUID();
  return async (sql: string, more: Record<string, string> = {}) => {
    const { text, code } = await send(sql, { session_id, ...parameters, ...more });
    return code ?? text.trim();
  };
}

describe('a session', () => {
  it('keeps temporary tables, settings, parameters and the database', async () => {
    const run = session();
    expect(await run('CREATE TEMPORARY TABLE t (a Int8)')).toBe('');
    expect(await run('INSERT INTO t FORMAT JSONEachRow {"a": 1} {"a": 2}')).toBe('');
    expect(await run('SELECT sum(a) FROM t')).toBe('3');
    expect(await run('SET max_threads = 7')).toBe('');
    expect(await run("SELECT getSetting('max_threads')")).toBe('7');
    expect(await run("SET param_p = 'x'")).toBe('');
    expect(await run('SELECT {p:String}')).toBe('x');
    expect(await run('USE system')).toBe('');
    expect(await run('SELECT currentDatabase()')).toBe('system');
    expect(await send('SELECT count() FROM t')).toMatchObject({ code: '60' });
    expect(await session()('SELECT count() FROM t')).toBe('60');
  });

  it('keeps nothing that is of one statement', async () => {
    const run = session();
    await run('SET max_threads = 7');
    expect(await run("SELECT getSetting('max_threads')", { max_threads: '3' })).toBe('3');
    expect(await run("SELECT getSetting('max_threads')")).toBe('7');
    expect(await run('SELECT currentDatabase()', { database: 'system' })).toBe('system');
    expect(await run('SELECT currentDatabase()')).toBe('default');
    expect(await run('SELECT {p:String}', { param_p: 'x' })).toBe('x');
    expect(await run('SELECT {p:String}')).toBe('456');
    expect(await run('SELECT 1', { no_such_setting: '1' })).toBe('115');
    expect(await run('SELECT 1')).toBe('1');
    for (const sql of [
      'CREATE TABLE no (a Int8) ENGINE = Memory',
      '-- SHOW\nDROP TABLE IF EXISTS no',
      'WITH 1 AS a INSERT INTO no SELECT a',
    ]) {
      expect(await run(sql, { readonly: '2' })).toBe('164');
    }
    expect(await run("SHOW TABLES LIKE 'no'", { readonly: '2' })).toBe('');
    expect(await run('SET max_threads = 6', { readonly: '1' })).toBe('164');
    expect(await run('SET max_threads = 6', { readonly: '2' })).toBe('');
    expect(await run('USE system', { readonly: '2' })).toBe('');
    expect(await run("SELECT getSetting('max_threads'), currentDatabase()")).toBe('6\tsystem');
    expect(await run('SELECT 1', { readonly: '1' })).toBe('1');
    expect(await run('CREATE TEMPORARY TABLE yes (a Int8)')).toBe('');
  });

  it('goes on after a statement that failed', async () => {
    const run = session();
    await run('CREATE TEMPORARY TABLE t ENGINE = Memory AS SELECT 1 AS a');
    expect(await run("SHOW TABLES LIKE throwIf(1, 'x')")).toBe('62');
    expect(
      await run('SELECT number, throwIf(number = 90000) FROM numbers(100000) SETTINGS max_block_size = 1000'),
    ).toBe('395');
    expect(await run('INSERT INTO t VALUES (nonsense)')).not.toBe('');
    expect(await run('SELECT a FROM t')).toBe('1');
  });

  it('runs one statement at a time', async () => {
    const session_id = randomUUID();
    const controller = new AbortController();
    const slow = send('SELECT count() FROM system.numbers', { session_id }, { signal: controller.signal }).catch(
      () => {},
    );
    await expect.poll(() => send('SELECT 1', { session_id })).toMatchObject({ code: '373' });
    controller.abort();
    await slow;
    await expect.poll(() => send('SELECT 1', { session_id })).toMatchObject({ status: 200 });
  });

  it('has to be there already with session_check, and has a timeout in bounds', async () => {
    expect(await session({ session_check: '1' })('SELECT 1')).toBe('372');
    for (const session_timeout of ['0', 'x', '3601'])
      expect(await session({ session_timeout })('SELECT 1')).toBe('374');
    const run = session({ session_timeout: '10' });
    await run('SELECT 1');
    expect(await run('SELECT 1', { session_check: '1' })).toBe('1');
  });

  it('ends when its temporary tables take too much memory', async () => {
    const run = session();
    expect(
      await run("CREATE TEMPORARY TABLE large ENGINE = Memory AS SELECT repeat('x', 1000000) FROM numbers(550)"),
    ).toBe('241');
    expect(await run('SELECT count() FROM large')).toBe('60');
  });
});

describe('external tables', () => {
  it('are seen by the statement that they come with', async () => {
    const form = new FormData();
    form.set('ids', new Blob(['1\tx\n2\ty\n']), 'ids');
    const query = 'SELECT sum(id), any(s) FROM ids';
    const sent = (parameters: Record<string, string>) => send('', { query, ...parameters }, { body: form });
    expect((await sent({ ids_structure: 'id Int8, s String' })).text).toBe('3\tx\n');
    const typed = { query: 'SELECT sum(_1) FROM ids', ids_types: 'Int8,String', session_id: 'external' };
    expect((await sent(typed)).text).toBe('3\n');
    expect(await sent({})).toMatchObject({ code: '36' });
    expect(await send('SELECT * FROM ids', { session_id: 'external' })).toMatchObject({ code: '60' });
  });
});
