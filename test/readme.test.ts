import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { writeCostDays } from '#clickhouse/writes/cost-days.ts';
import { writeUsageDays } from '#clickhouse/writes/usage-days.ts';
import { createOpener, createSealer } from '#credentials/sealing.ts';
import { addDays } from '#domain/day.ts';
import { USAGE_DIMENSIONS } from '#domain/usage-dimensions.ts';
import { apiEnvironment, laptopEnvironment, workerEnvironment } from '#environment.ts';
import packageJson from '#package.json' with { type: 'json' };
import { costDay, costItem } from './fixtures/cost-fixtures.ts';
import { createDatabase, type Database } from './support/database.ts';
import { TODAY } from './support/today.ts';

const root = new URL('..', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');

/** Its SQL, each with the comment that it begins with. */
const sqlBlocks = [...readme.matchAll(/^```sql\n(-- (.*)\n[^`]+)^```$/gm)].map(([, sql = '', title = '']) => [
  title,
  sql,
]);

/** The rows of the table whose header begins with this cell. */
function table(header: string): string[][] {
  const lines = readme.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${header} `)) + 2;
  const rows = lines.slice(start, lines.indexOf('', start));
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  );
}

test('the configuration table is what environment.ts parses', () => {
  const schemas = { ...workerEnvironment.shape, ...apiEnvironment.shape, ...laptopEnvironment.shape };
  const parsed = Object.entries(schemas).map(([name, schema]) => [
    `\`${name}\``,
    defaultOf(schema),
    descriptionOf(schema),
  ]);
  // A cell that is no code says in words how a setting without a default comes about.
  const described = table('Variable').map(([name, value = '', what]) => [
    name,
    value.startsWith('`') ? value : '',
    what,
  ]);
  expect(described.sort()).toEqual(parsed.sort());
});

const defaultOf = (schema: z.ZodType) => (schema instanceof z.ZodDefault ? `\`${schema.def.defaultValue}\`` : '');

function descriptionOf(schema: z.ZodType): string | undefined {
  return (
    schema.description ?? (schema instanceof z.ZodOptional ? descriptionOf(schema.unwrap() as z.ZodType) : undefined)
  );
}

test('the table of folders names every folder there is', () => {
  const entries = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const folders = entries.map(({ name }) => name).filter((name) => !/^\.|^node_modules$/.test(name));
  const described = table('Folder').map(([folder]) => folder);
  expect(described.sort()).toEqual(folders.map((name) => `\`${name}/\``).sort());
});

test('every npm command is a script, and every picture is there', () => {
  const scripts = [...readme.matchAll(/npm (?:run )?([a-z]+)/g)].map(([, script]) => script);
  expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(scripts));
  const pictures = [...readme.matchAll(/!\[[^\]]+\]\(docs\/([^)]+)\)/g)].map(([, file]) => file);
  expect(pictures).toEqual(readdirSync(new URL('docs', root)).filter((file) => /\.(svg|png)$/.test(file)));
});

test('the command for production makes secrets that the environment accepts and that fit together', async () => {
  const [, script = ''] = /node -e '(.*?)' >> \.env/s.exec(readme) ?? [];
  const lines = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim().split('\n');
  const made = Object.fromEntries(lines.map((line) => line.split('=')));
  const secrets = z.strictObject({
    ...z
      .object(apiEnvironment.shape)
      .pick({ API_TOKEN: true, CLICKHOUSE_PASSWORD: true, SEALING_PUBLIC_KEY: true })
      .required().shape,
    ...workerEnvironment.pick({ SEALING_PRIVATE_KEY: true }).shape,
    POSTGRES_PASSWORD: z.string().min(32),
  });
  const { SEALING_PUBLIC_KEY, SEALING_PRIVATE_KEY } = secrets.parse(made);
  const credential = { tenant_id: 'local', credential_id: 'one' };
  const sealed = await (await createSealer(SEALING_PUBLIC_KEY)).seal('sk-admin-sealed', credential);
  expect(await (await createOpener([SEALING_PRIVATE_KEY])).open(sealed, credential)).toBe('sk-admin-sealed');
});

describe('SQL runs as it is', () => {
  const key = { tenant_id: 'local', integration_id: 'openai-1' };
  let database: Database;
  beforeAll(async () => {
    database = await createDatabase();
    await writeIntegration(database.warehouse, {
      ...key,
      organization_id: 'org-1',
      organization_name: 'Acme',
      status: 'connected',
      problem: '',
      credential_id: 'one',
      connected_at: '2026-01-01T00:00:00Z',
      history_from: addDays(TODAY, -364),
      history_to: addDays(TODAY, 1),
    });
    const item = costItem({ project_id: 'proj_1', amount: '1.5', quantity: '1000', quantity_unit: 'tokens' });
    const days = [-1, -40].map((ago) => costDay(addDays(TODAY, ago), [item]));
    const target = { ...key, version: Date.now() };
    await writeCostDays(database.warehouse, target, days);
    const dimensions = { ...Object.fromEntries(USAGE_DIMENSIONS.map((name) => [name, ''])), project_id: 'proj_1' };
    const used = { dimensions, metrics: { num_model_requests: '1' }, extra: '' };
    await writeUsageDays(database.warehouse, { ...target, dataset: 'usage/completions' }, [
      { day: addDays(TODAY, -1), dropped_dimensions: [], items: [used] },
    ]);
  });
  afterAll(() => database.drop());

  test('and every view is named', async () => {
    const views = await database.warehouse.query({
      name: 'views',
      sql: `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine = 'View'`,
      row: z.object({ name: z.string() }),
    });
    const [, named = ''] = /Read the views (.*?);/s.exec(readme) ?? [];
    expect([...named.matchAll(/\w+(?=`)/g)].flat().sort()).toEqual(views.map(({ name }) => name).sort());
  });

  test.each(sqlBlocks)('%s', async (_, sql = '') => {
    const rows = await database.warehouse.query({ name: 'from the README', sql, row: z.looseObject({}) });
    expect(rows).not.toEqual([]);
  });
});
