import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import dashboard from '#grafana/dashboards/openai-costs.json' with { type: 'json' };
import { tenant_id, writeSampleOrganization } from '../fixtures/sample-organization.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
  await writeSampleOrganization(database.warehouse);
});
afterAll(() => database.drop());

/** Expands macros as Grafana and its ClickHouse plugin do, for the last 90 days. */
function expandMacros(sql: string): string {
  return sql
    .replaceAll(/\$__dateFilter\((\w+)\)/g, `$1 >= toDate(now() - INTERVAL 90 DAY) AND $1 <= toDate(now())`)
    .replaceAll(/\$\{tenant_id\}/g, tenant_id);
}

const queries = [
  ...dashboard.templating.list.map(({ label, query }) => ({ title: label, sql: query })),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ rawSql }) => ({ title, sql: rawSql }))),
];

test.each(queries)('$title', async ({ sql }) => {
  const expanded = expandMacros(sql);
  expect(expanded).not.toContain('$');
  const rows = await database.warehouse.query({ name: 'dashboard', sql: expanded, row: z.looseObject({}) });
  expect(rows).not.toEqual([]);
});

test('a graph over time has a time, a label and a number', async () => {
  const graphs = dashboard.panels.filter(({ type }) => type === 'timeseries');
  expect(graphs.length).toBe(3);
  for (const { targets } of graphs) {
    const sql = expandMacros(targets[0]?.rawSql ?? '');
    const [row] = await database.warehouse.query({ name: 'dashboard', sql, row: z.record(z.string(), z.string()) });
    const [time, label, spend] = Object.values(row ?? {});
    expect(time).toMatch(/^\d{4}-\d\d-\d\d 00:00:00$/);
    expect(label).not.toBe('');
    expect(Number(spend)).not.toBeNaN();
  }
});

test('every panel uses the data source that is provisioned', async () => {
  const read = async (file: string) => parse(await readFile(new URL(`../../grafana/${file}`, import.meta.url), 'utf8'));
  const { datasources } = await read('provisioning/datasources/warehouse.yaml');
  const [{ type, uid, secureJsonData }] = datasources;
  const used = dashboard.panels.flatMap(({ datasource, targets }) => [
    datasource,
    ...targets.map((target) => target.datasource),
  ]);
  for (const source of [...used, ...dashboard.templating.list.map(({ datasource }) => datasource)]) {
    expect(source).toEqual({ type, uid });
  }
  expect(secureJsonData.password).toMatch(/^\$/);
});
