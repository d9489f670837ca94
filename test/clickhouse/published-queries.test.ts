import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readExampleQueries } from '#dev/generate/warehouse-docs/example-queries.ts';
import { documents, sqlBlocksOf } from '../docs/read-documents.ts';
import { tenant_id, writeSampleOrganization } from '../fixtures/sample-organization.ts';
import { dashboardQueries } from '../support/dashboard-queries.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase();
  await writeSampleOrganization(database.warehouse);
});
afterAll(() => database.drop());

/** The tables that a query reads without its tenant in the condition on the key: it reads all tenants there. */
async function tablesReadWhole(sql: string): Promise<string[]> {
  const rows = await database.warehouse.query({
    name: 'explain',
    sql: `EXPLAIN indexes = 1 ${sql}`,
    row: z.object({ explain: z.string() }),
  });
  const plan = rows.map(({ explain }) => explain).join('\n');
  const reads = plan.split(/(?=ReadFromMergeTree \()/).slice(1);
  expect(reads).not.toEqual([]);
  const isOfTenant = (read: string) => read.includes(`tenant_id in ['${tenant_id}', '${tenant_id}']`);
  return reads.filter((read) => !isOfTenant(read)).map((read) => /\.(\w+)\)/.exec(read)?.[1] ?? read);
}

// The documents show docs/queries/ in warehouse.md, too. The list of tenants is of all tenants.
const queries = [
  ...(await readExampleQueries()).map(({ file, sql }) => ({ title: file, sql })),
  ...sqlBlocksOf(...documents.filter((document) => document !== 'docs/warehouse.md')).map(
    ({ document, title, sql }) => {
      return { title: `${document}: ${title}`, sql };
    },
  ),
  ...dashboardQueries
    .filter(({ title }) => title !== 'Tenant')
    .map(({ title, sql }) => ({ title: `Grafana: ${title}`, sql })),
];

test.each(queries)('$title: reads its own tenant only', async ({ sql }) => {
  expect(await tablesReadWhole(sql)).toEqual([]);
});

test('a LEFT JOIN whose right side is not filtered is found', async () => {
  const sql = `SELECT any(project_name), sum(amount)
    FROM costs LEFT JOIN projects USING (tenant_id, integration_id, project_id)
    WHERE tenant_id = '${tenant_id}' GROUP BY costs.project_id`;
  expect((await tablesReadWhole(sql)).sort()).toEqual(['cost_days', 'name_records']);
});
