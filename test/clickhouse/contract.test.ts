import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import promised from '#clickhouse/schema/contract.json' with { type: 'json' };
import { readSchema } from '#clickhouse/schema/files.ts';
import { changesOf, unnamed } from '#dev/generate/contract/changes.ts';
import { type Contract, describeContract } from '#dev/generate/contract/describe.ts';
import { writeContractRows } from '#dev/generate/contract/rows.ts';
import { createDatabase, type Database } from '../support/database.ts';

let database: Database;
let now: Contract;
beforeAll(async () => {
  database = await createDatabase();
  await writeContractRows(database.warehouse);
  now = await describeContract(database.warehouse, promised.version);
});
afterAll(() => database.drop());

test('the views keep what was promised of them, or the changelog says what they do not', async () => {
  const changelog = await readFile(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');
  // Has one of them to change? Then name it in CHANGELOG.md, as `view.column`, with what its readers have to do.
  expect(unnamed(changesOf(promised, now), changelog, promised)).toEqual([]);
});

test('the promises are of the present rows: npm run contract', () => {
  expect(promised.rows).toBe(now.rows);
});

test('a view that has another type, meaning or value does not keep them, nor one without a column', async () => {
  const changed = (change: (column: Contract['views'][string]['columns'][string]) => object) => {
    const costs = now.views.costs as Contract['views'][string];
    const amount = costs.columns.amount as Contract['views'][string]['columns'][string];
    const columns = { ...costs.columns, amount: { ...amount, ...change(amount) } };
    return { ...now, views: { ...now.views, costs: { ...costs, columns } } };
  };
  const of = 'costs.amount';
  expect(
    changesOf(
      now,
      changed(() => ({ type: 'Float64' })),
    ),
  ).toEqual([{ of, what: 'was Decimal(38, 18), is Float64' }]);
  expect(
    changesOf(
      now,
      changed(() => ({ meaning: 'In cents' })),
    ),
  ).toEqual([{ of, what: 'is described in other words' }]);
  const withOtherValues = changed(() => ({ values: '0' }));
  expect(changesOf(now, withOtherValues)).toEqual([{ of, what: 'has other values for the same rows' }]);
  expect(changesOf(now, { ...withOtherValues, rows: 'other' })).toEqual([]);
  const { costs: _, ...others } = now.views;
  expect(changesOf(now, { ...now, views: others })).toEqual([{ of: 'costs', what: expect.stringContaining('gone') }]);
  expect(changesOf({ ...now, views: others }, now)).toEqual([]);
});

test('values tell a view that computes something else under the same name and comment', async () => {
  const views = (await readSchema()).flat();
  const sql = views.find(({ name }) => name === 'reconciliation')?.sql ?? '';
  await database.warehouse.command('the other way', sql.replace('ours - theirs AS', 'theirs - ours AS'));
  const changes = changesOf(now, await describeContract(database.warehouse, now.version));
  expect(changes).toEqual([{ of: 'reconciliation.difference', what: 'has other values for the same rows' }]);
});

test.each([
  ['nothing', '## [0.3.0] - Unreleased\n\n- Better.\n\n## [0.2.0] - 2026-12-01\n\n- `costs.amount` came.\n', 1],
  ['another column', '## [0.3.0] - Unreleased\n\n- `costs.amounts` is gone.\n\n## [0.2.0] - 2026-12-01\n', 1],
  ['it, later', '## [0.3.0] - Unreleased\n\n- `costs.amount` is in cents.\n\n## [0.2.0] - 2026-12-01\n', 0],
  ['it, before the release', '## [0.2.0] - Unreleased\n\n- `costs.amount` is in cents.\n\n## [0.1.0]\n', 0],
])('a changelog that names %s', (_, changelog, left) => {
  const changes = [{ of: 'costs.amount', what: 'is described in other words' }];
  expect(unnamed(changes, changelog, { ...now, version: '0.2.0' })).toHaveLength(left);
});
