import { expect, test } from 'vitest';
import { columnList, sql, withSteps } from '#clickhouse/client/sql.ts';

test('the indentation of the source is removed, and that inside the statement stays', () => {
  const text = sql`
    SELECT
      day
    FROM costs`;
  expect(text).toBe('SELECT\n  day\nFROM costs');
});

test('inserted lines are indented like the line that they are inserted into', () => {
  const inner = sql`
        SELECT day
        FROM costs`;
  const text = sql`
    SELECT count()
    FROM (
      ${inner}
    )
    WHERE ${['a', 'b'].join('\n  AND ')}`;
  expect(text).toBe('SELECT count()\nFROM (\n  SELECT day\n  FROM costs\n)\nWHERE a\n  AND b');
});

test('a line in which nothing is inserted is dropped', () => {
  const text = sql`
    SELECT 1
    ${''}
    LIMIT 1`;
  expect(text).toBe('SELECT 1\nLIMIT 1');
});

test('steps are named in order, and the result follows', () => {
  const text = withSteps({ one: 'SELECT 1\nLIMIT 1', two: 'SELECT * FROM one' }, 'SELECT * FROM two');
  expect(text).toBe(
    'WITH\n  one AS (\n    SELECT 1\n    LIMIT 1\n  ),\n  two AS (\n    SELECT * FROM one\n  )\nSELECT * FROM two',
  );
});

test('a list of columns that is too long for one line has one a line', () => {
  expect(columnList(['a', 'b'])).toBe('a, b');
  const long = Array.from({ length: 30 }, (_, index) => `column_${index}`);
  expect(columnList(long)).toBe(long.join(',\n'));
});
