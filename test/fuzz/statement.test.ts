import fc from 'fast-check';
import { expect } from 'vitest';
import { ClickHouseException } from '#dev/chdb-server/sql/exception.ts';
import { findInsertData } from '#dev/chdb-server/sql/insert-data.ts';
import { tokenize } from '#dev/chdb-server/sql/lexer.ts';
import { readStatement } from '#dev/chdb-server/sql/statement.ts';
import { fuzz } from './fuzz.ts';
import { sqlGap, sqlText, sqlToken } from './sql-text.ts';

/** What a reader of statements makes of a text: its result, or the code that it refuses it with. */
function outcome<T>(read: () => T): T | number {
  try {
    return read();
  } catch (error) {
    if (error instanceof ClickHouseException) return error.code;
    throw error;
  }
}

const tokens = fc.array(sqlToken, { minLength: 1, maxLength: 12 });
const joined = (list: readonly string[], gaps: readonly string[]) =>
  list.map((token, index) => token + (gaps[index % gaps.length] ?? ' ')).join('');

fuzz('tokens are in order, and nothing but space and comments is between them', [sqlText], (sql) => {
  let at = 0;
  const between: string[] = [];
  for (const { text, start, end } of tokenize(sql)) {
    expect(start).toBeGreaterThanOrEqual(at);
    expect(sql.slice(start, end)).toBe(text);
    expect(text).not.toBe('');
    between.push(sql.slice(at, start));
    at = end;
  }
  between.push(sql.slice(at));
  for (const text of between)
    expect(text).toMatch(/^(\s|[\u180e\u200b-\u200d\u2060]|--[^\n]*|\/\/[^\n]*|#[ !][^\n]*|\/\*[\s\S]*\*\/)*$/);
});

fuzz('any text is a statement or is refused with a code of ClickHouse', [sqlText], (sql) => {
  outcome(() => readStatement(sql));
  outcome(() => findInsertData(sql));
});

fuzz(
  'a second statement is refused, whatever the first one quotes',
  [tokens, fc.array(sqlGap, { minLength: 1 })],
  (list, gaps) => {
    const first = `SELECT ${joined(list, gaps)}`;
    expect(outcome(() => readStatement(`${first}; DROP TABLE t`))).toBe(62);
    // The first alone is refused for nothing of the kind.
    expect(outcome(() => readStatement(first))).not.toBe(62);
  },
);

fuzz('space and comments change nothing', [tokens, fc.array(sqlGap, { minLength: 1 })], (list, gaps) => {
  const kind = (sql: string) => {
    const statement = outcome(() => readStatement(sql));
    return typeof statement === 'number' ? statement : [statement.kind, statement.format];
  };
  const insert = (sql: string) => {
    const found = outcome(() => findInsertData(sql));
    return typeof found === 'object' ? found.format : found;
  };
  const plain = list.join(' ');
  expect(kind(`SELECT ${joined(list, gaps)}`)).toEqual(kind(`SELECT ${plain}`));
  expect(insert(`INSERT INTO ${joined(list, gaps)}`)).toEqual(insert(`INSERT INTO ${plain}`));
});
