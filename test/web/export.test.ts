import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { addDays } from '#domain/day.ts';
import { parseCsv } from '../api/parse-csv.ts';
import { fromUnits, sumOf } from '../support/decimal-sums.ts';
import { test } from './page-test.ts';
import { KEY, lastMonth, MISSING, type Served, spent, spentInAll, today } from './serve-costs.ts';

const month = lastMonth.slice(0, 7);

async function download(page: Page, kind = 'CSV') {
  await page.getByRole('button', { name: 'Export' }).click();
  const item = page.getByRole('menuitem', { name: kind, exact: true });
  const [file] = await Promise.all([page.waitForEvent('download'), item.click()]);
  const text = readFileSync(await file.path(), 'utf8');
  return { name: file.suggestedFilename(), text, rows: parseCsv(text).map((row) => row.map((cell) => cell.text)) };
}

/** The tabs share one clipboard: they copy and read one after the other. */
let clipboard: Promise<unknown> = Promise.resolve();
function copySql(page: Page): Promise<string> {
  const sql = clipboard.then(async () => {
    await page.bringToFront();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Copy as SQL' }).click();
    await page.getByText('SQL copied').waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  });
  clipboard = sql.catch(() => {});
  return sql;
}

/** The rows of the copied SQL on the warehouse, as texts. */
async function runCopied(page: Page, { database }: Served) {
  const sql = await copySql(page);
  const texts = z.union([z.string(), z.number()]).nullable();
  const rows = await database.warehouse.query({ name: 'copied', sql, row: z.record(z.string(), texts) });
  return rows.map((row) => Object.values(row).map((value) => (value === null ? '' : String(value))));
}

test.concurrent.for([
  ['by-project_id', `range=${month}&by=project_id`],
  ['by-model', `range=${month}&by=model&project_id=c&project_id=b&currency=usd`],
  ['by-token_type', 'range=90d&by=token_type'],
  ['by-service', 'range=30d&by=service&model='],
  ['by-model', 'range=7d&by=model'],
  ['by-api_key_id', `range=${month}&by=api_key_id`],
  ['by-user_id', `range=${month}&by=user_id`],
] as const)('CSV and SQL are the table %s of %s', async ([name, query], { openPage, served, expect }) => {
  const { page } = await openPage(await served.serveTenant('whole', query));
  await page.getByRole('button', { name: 'Export' }).waitFor();
  const { name: file, rows } = await download(page);
  expect(file).toContain(`_${name}.csv`);
  const [columns = [], ...data] = rows;

  const amounts = await page.locator('section[aria-label^="Costs by"] tbody td:nth-child(3) data').all();
  const shown = await Promise.all(amounts.map((amount) => amount.getAttribute('value')));
  expect(data.map((row) => row[columns.indexOf('amount')])).toEqual(shown);
  expect(shown.length).toBeGreaterThan(query.includes('by=model') ? 10 : 0);
  // Of a range up to today, only the days that have ended are compared.
  const compared = columns.indexOf('compared_amount');
  if (query.includes('range=7d')) {
    expect(data[0]?.[compared]).toBeDefined();
    expect(data[0]?.[compared]).not.toBe(data[0]?.[columns.indexOf('amount')]);
  }
  const copied = await runCopied(page, served);
  expect(copied.map((row) => row.map((text) => (text === '=1+1' ? `'${text}` : text)))).toEqual(data);
});

test.concurrent('a name that a spreadsheet would run as a formula is escaped, and every group is there', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(`${served.url}/?range=${month}&by=project_id#${KEY}`);
  await page.getByRole('button', { name: 'Export' }).waitFor();
  const { name, text } = await download(page);
  expect(name).toMatch(new RegExp(`^one_openai-costs_${month}-01_${month}-\\d\\d_by-project_id\\.csv$`));
  expect(text).toContain(`\r\nc,'=1+1,usd,`);
});

test.concurrent('the table of days: nothing spent is 0, a missing day has no amount', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(`${served.url}/?range=30d&by=model&project_id=nobody#${KEY}`);
  await page.getByText('Day', { exact: true }).click();
  const { name, rows } = await download(page);
  expect(name).toContain('_by-day.csv');
  const [, ...data] = rows;
  expect(data).toHaveLength(30);
  expect(data.filter(([, , amount]) => amount === '').map(([day]) => day)).toEqual([MISSING]);
  expect(data.filter(([, , amount]) => amount === '0')).toHaveLength(29);
  expect(await runCopied(page, served)).toEqual(data);
});

test.concurrent('the table of weeks: sums of their days, and how many of these are missing', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(`${served.url}/?range=30d&granularity=week&table=days#${KEY}`);
  const { name, rows } = await download(page);
  expect(name).toContain('_by-week.csv');
  const [columns, ...data] = rows;
  expect(columns).toEqual(['week', 'currency', 'amount', 'missing_days']);
  expect(data.reduce((sum, [, , , missing]) => sum + Number(missing), 0)).toBe(1);
  expect(fromUnits(sumOf(data.map(([, , amount = '0']) => amount)))).toBe(
    spent(addDays(today, -29), addDays(today, 1)),
  );
  expect(await runCopied(page, served)).toEqual(data);
});

test.concurrent('by period and group: a row for each, whose sums are those of the table', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(await served.serveTenant('whole', 'range=30d&granularity=week&by=project_id'));
  const { name, rows } = await download(page, 'CSV by week and project');
  expect(name).toContain('_by-week-and-project_id.csv');
  const [columns, ...data] = rows;
  expect(columns?.map((column) => column.replace('\uFEFF', ''))).toEqual([
    'week',
    'project_id',
    'project_name',
    'currency',
    'amount',
  ]);
  const ofA = data.filter(([, project]) => project === 'a').map((row) => row[4] ?? '0');
  const expected = spentInAll(addDays(today, -29), addDays(today, 1), ({ project_id }) => project_id === 'a');
  expect(fromUnits(sumOf(ofA))).toBe(expected);
});
