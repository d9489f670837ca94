import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import dashboard from '#grafana/dashboards/openai-costs.json' with { type: 'json' };
import { writeSampleOrganization } from '../fixtures/sample-organization.ts';
import { dashboardQueries, expandMacros } from '../support/dashboard-queries.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
  await writeSampleOrganization(database.warehouse);
});
afterAll(() => database.drop());

test.each(dashboardQueries)('$title', async ({ sql }) => {
  expect(sql).not.toContain('$');
  const rows = await database.warehouse.query({ name: 'dashboard', sql, row: z.looseObject({}) });
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
