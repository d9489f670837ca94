import { hash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { groupViews, readSchema, type SchemaFile } from '#clickhouse/schema/files.ts';
import { SCHEMA_VERSION } from '#clickhouse/schema/version.ts';
import { INTEGRATION_TABLES } from '#clickhouse/writes/tables.ts';

const schema = await readSchema();
const SETTING = 'SETTINGS apply_mutations_on_fly = 1';

test('new tables are one group; a materialized view comes after the tables that it reads and writes', () => {
  const groups = schema.map((group) => group.map(({ name }) => name));
  expect(groups.slice(0, 2)).toEqual([
    [
      '001_cost_days.sql',
      '002_usage_days.sql',
      '003_day_reads.sql',
      '004_cost_day_revisions.sql',
      '005_name_records.sql',
      '006_integration_records.sql',
      '007_credentials.sql',
    ],
    ['008_cost_day_revisions_mv.sql'],
  ]);
});

test('every view that reads the tables of integrations leaves out what a purge has asked to be deleted', () => {
  const reads = new RegExp(`\\b(?:FROM|JOIN) (?:${INTEGRATION_TABLES.join('|')})\\b`);
  const views = schema.flat().filter(({ kind, sql }) => kind === 'view' && reads.test(sql));
  expect(views.length).toBeGreaterThan(10);
  for (const { name, sql } of views) expect([name, sql]).toEqual([name, expect.stringContaining(SETTING)]);
});

test('views are applied after the views that they read; a circle is refused', () => {
  const view = (name: string, sql: string): SchemaFile => ({
    kind: 'view',
    name,
    sql,
    sha256: '',
  });
  const groups = groupViews([
    view('a', 'SELECT * FROM b JOIN c USING (x)'),
    view('b', 'SELECT * FROM c\n-- not FROM a'),
    view('c', 'SELECT * FROM cost_days'),
    view('d', 'SELECT 1'),
  ]);
  expect(groups.map((group) => group.map(({ name }) => name))).toEqual([['c', 'd'], ['b'], ['a']]);
  expect(() => groupViews([view('a', 'SELECT * FROM b'), view('b', 'SELECT * FROM a')])).toThrow('circle: a, b');
});

test('each view file makes the view of its name, with its columns listed', () => {
  const views = schema.flat().filter(({ kind }) => kind === 'view');
  for (const { name, sql } of views)
    expect(sql).toMatch(new RegExp(`^(-- .*\\n)+CREATE OR REPLACE VIEW ${name}\\n\\(\\n`));
});

test('each view reads with the rights of its reader, whatever the server’s default is', () => {
  const views = schema.flat().filter(({ kind }) => kind === 'view');
  for (const { name, sql } of views) expect(sql, name).toMatch(/^\)\nSQL SECURITY INVOKER\nAS\n/m);
});

test('the units of prices are the same in the summary as in the view', async () => {
  const summary = await readFile(new URL('../../clickhouse/summary/unit-prices.ts', import.meta.url), 'utf8');
  const view = schema.flat().find(({ name }) => name === 'priced_lines')?.sql ?? '';
  const listsIn = (text: string) => [...text.matchAll(/\[[^\]]*(?:tokens|duration)[^\]]*\],\s*\[[^\]]+\]/g)].flat();
  expect(listsIn(view)).toHaveLength(3);
  expect(
    listsIn(summary)
      .map((list) => list.replaceAll(/\s+/g, ' '))
      .sort(),
  ).toEqual(
    listsIn(view)
      .map((list) => list.replaceAll(/\s+/g, ' '))
      .sort(),
  );
});

test('the version of the schema is raised with each change of its files', () => {
  const texts = schema.flat().map(({ name, sha256 }) => `${name} ${sha256}`);
  // Have you changed a migration or a view? Then raise SCHEMA_VERSION, and put both new values here.
  expect({ version: SCHEMA_VERSION, sha256: hash('sha256', texts.sort().join('\n'), 'hex') }).toEqual({
    version: 19,
    sha256: 'aa0734305cdac90dcd0d47e1d69c0b74650ebd2c0109155ebc6a3abc935b8b8a',
  });
});

test('no mutation has a subquery: replicas refuse it, since each would evaluate it by itself', () => {
  const sources = globSync('clickhouse/**/*.{ts,sql}').map((file) => readFileSync(file, 'utf8'));
  const mutations = sources.flatMap((text) => text.match(/ALTER TABLE [^;`]* (?:DELETE|UPDATE)\b[^;`]*/g) ?? []);
  expect(mutations.length).toBeGreaterThan(1);
  for (const mutation of mutations) expect(mutation).not.toMatch(/\bSELECT\b/);
});
