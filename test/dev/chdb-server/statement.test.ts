import { describe, expect, it } from 'vitest';
import { findInsertData } from '#dev/chdb-server/sql/insert-data.ts';
import { readStatement } from '#dev/chdb-server/sql/statement.ts';

describe('readStatement', () => {
  it.each([
    'select 1; drop table x',
    'select 1;select 2',
    "select ';'; select 2",
    'select 1; -- fine\n select 2',
    'select 1 /* ; */; select 2',
    'select 1e--; drop table x',
    'select $a$ ; $b$; select 2',
    'drop table a; drop table b;',
  ])('refuses stacked statements: %j', (sql) => {
    expect(() => readStatement(sql)).toThrow(expect.objectContaining({ code: 62 }));
  });

  it.each([
    "select ';'",
    'select 1;',
    'select 1 ; ;\n -- done ; really\n',
    'select `a;b` from "c;d"',
    'select $$;$$, $x$ ; drop table y; $x$',
    'select 1 /* ; /* ; */ ; */',
    'select 1 -- ; drop table x',
  ])('takes one statement: %j', (sql) => {
    expect(readStatement(sql).sql).toBe(
      sql.replace(/ *;( ;)?(\n -- done ; really\n)?$/, (end) => (end[0] === ' ' ? ' ' : '')),
    );
  });

  it.each(['', '  \n', '-- nothing', ';', '/* a */ ;'])('refuses an empty query: %j', (sql) => {
    expect(() => readStatement(sql)).toThrow('Empty query');
  });

  it.each(['exit', 'QUIT', '\\i /etc/passwd', '?? hello', '1 + 1', "'a'", ':q', 'q'])(
    'knows no client command: %j',
    (sql) => {
      expect(() => readStatement(sql)).toThrow(expect.objectContaining({ code: 62 }));
    },
  );

  it.each([
    ["select 1 into outfile 'x'", 358],
    ['select 1 INTO -- \n OUTFILE $$x$$ format TSV', 358],
    ["explain insert into t from infile 'x' format TSV", 78],
    ['insert into t select * from input() format TSV\n1', 48],
    ['with 1 as a insert into t select a format TSV', 48],
  ])('refuses what only a client does: %j', (sql, code) => {
    expect(() => readStatement(sql)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['select 1', 'query', undefined],
    ['select 1 format JSON', 'query', 'JSON'],
    ['select 1 FORMAT TSV settings max_threads = 1;', 'query', 'TSV'],
    ['select 1 settings max_threads = 1 format CSV -- c', 'query', 'CSV'],
    ['(select 1) union all (select 2) format `JSON`', 'query', 'JSON'],
    ['with a as (select 1 format) select * from a', 'query', undefined],
    ["select format, format('{}', 1) as x from format final order by format desc", 'query', undefined],
    ['select t.format from (select 1 as format) as t where format = 1 and format in (1)', 'query', undefined],
    ['from t select a format Parquet', 'query', 'Parquet'],
    ['show tables format JSONEachRow', 'command', 'JSONEachRow'],
    ['explain select 1', 'command', undefined],
    ['insert into t select format from u', 'command', undefined],
    ['with 1 as a insert into t select a', 'command', undefined],
    ['create table outfile (infile String) engine = Memory', 'command', undefined],
  ])('classifies %j', (sql, kind, format) => {
    expect(readStatement(sql)).toMatchObject({ kind, format });
  });
});

describe('findInsertData', () => {
  const head = (sql: string) => {
    const found = findInsertData(sql);
    return found && [found.target.trim(), found.settings.trim(), found.format, sql.slice(found.dataStart)];
  };

  it.each([
    ['insert into t format CSV\n1;\n\ndrop table t', ['insert into t', '', 'CSV', '1;\n\ndrop table t']],
    ['insert into t (a, b) FORMAT JSONEachRow {"a":";"}', ['insert into t (a, b)', '', 'JSONEachRow', '{"a":";"}']],
    ['insert into t format TSV\r\n\t1', ['insert into t', '', 'TSV', '\t1']],
    ['insert into t format TSV', ['insert into t', '', 'TSV', '']],
    ["insert into t values (1, ');')", ['insert into t', '', 'Values', " (1, ');')"]],
    ['insert into values values (1)', ['insert into values', '', 'Values', ' (1)']],
    ['insert into a.format format TSV\n1', ['insert into a.format', '', 'TSV', '1']],
    [
      '/* ; */ insert into t settings a = 1, b = 2 format TSV 1',
      ['/* ; */ insert into t', 'settings a = 1, b = 2', 'TSV', '1'],
    ],
    [
      'insert into table function f(values, format) values (1)',
      ['insert into table function f(values, format)', '', 'Values', ' (1)'],
    ],
    [
      'insert into {d:Identifier}.{t:Identifier} format TSV\n1',
      ['insert into {d:Identifier}.{t:Identifier}', '', 'TSV', '1'],
    ],
    ['insert into t (* except(format)) format TSV\n1', ['insert into t (* except(format))', '', 'TSV', '1']],
  ])('takes %j apart', (sql, expected) => {
    expect(head(sql)).toEqual(expected);
  });

  it.each([
    'select 1 format CSV',
    'insert into t select 1',
    'insert into t (a) select 1 from values',
    'insert into t with 1 as a select a',
    'insert into t; format TSV',
    'explain insert into t values (1)',
    'insert into t',
    'insert',
  ])('leaves %j alone', (sql) => {
    expect(findInsertData(sql)).toBeUndefined();
  });

  it.each([
    ["insert into t from infile 'x' format TSV", 78],
    ['insert into t format TSV; 1', 62],
  ])('refuses %j', (sql, code) => {
    expect(() => findInsertData(sql)).toThrow(expect.objectContaining({ code }));
  });
});
