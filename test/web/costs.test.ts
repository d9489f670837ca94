import { readFileSync } from 'node:fs';
import { Connection } from '@temporalio/client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { writeCostDays } from '../../clickhouse/cost-days.ts';
import { writeIntegration } from '../../clickhouse/integrations.ts';
import { openBrowser } from '../../dev/browser.ts';
import { addDays } from '../../openai/days.ts';
import { serveApi } from '../api/serve.ts';
import { billed, costDay } from '../cost-fixtures.ts';
import { createDatabase, type Database } from '../database.ts';
import { integration } from '../integration-fixture.ts';
import { openPage } from './open-page.ts';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const key = { tenant_id: 'one', integration_id: 'openai-one' };
const today = new Date().toISOString().slice(0, 10);
const MISSING = addDays(today, -9);
const PATIENCE = { timeout: 20_000 };

let browser: Browser;
let database: Database;
let temporal: Connection;
let api: Awaited<ReturnType<typeof serveApi>>;
let url: string;
beforeAll(async () => {
  [browser, database, temporal] = await Promise.all([
    openBrowser(),
    createDatabase(),
    Connection.connect(inject('temporal')),
  ]);
  const first = addDays(today, -60);
  await writeIntegration(
    database.warehouse,
    integration({ ...key, history_from: first, history_to: addDays(today, 1) }),
  );
  const days = Array.from({ length: 61 }, (_, index) => addDays(first, index)).filter((day) => day !== MISSING);
  const of = (project_id: string) => ({ project_id, project_name: `Project ${project_id}` });
  const items = [
    billed('gpt-4o-2024-08-06, input', '2.5', '1000000', 'tokens', of('a')),
    billed('gpt-4o-2024-08-06, output', '1.000000000000000001', '100000', 'tokens', of('a')),
    billed('gpt-4o-mini, input', '0.75', '5000000', 'tokens', of('b')),
  ];
  await writeCostDays(
    database.warehouse,
    { ...key, version: Date.now() },
    days.map((day) => costDay(day, items, '4.250000000000000001')),
  );
  api = await serveApi(database.warehouse, temporal, 'one');
  url = `${api.url}/?range=30d&by=project_id#token=token-of-one-tenant`;
});
afterAll(async () => {
  await browser.close();
  await Promise.all([api.close(), temporal.close(), database.drop()]);
});

const total = (page: Page) => page.getByLabel('Figures').locator('data').first();

test('a click narrows the view: address, figures and table', async () => {
  const { page, faults } = await openPage(browser, url);
  await page.getByRole('button', { name: 'Project a' }).waitFor();
  expect(await total(page).getAttribute('value')).toBe('123.250000000000000029');

  await page.getByRole('button', { name: 'Project a' }).click();
  await page.getByRole('button', { name: 'Remove the filter Project: Project a' }).waitFor();
  await expect.poll(() => total(page).getAttribute('value'), PATIENCE).toBe('101.500000000000000029');
  expect(new URL(page.url()).searchParams.toString()).toBe('range=30d&by=model&project_id=a');

  // The address is the view: a colleague sees the same.
  const { page: colleague } = await openPage(browser, `${page.url()}#token=token-of-one-tenant`);
  await expect.poll(() => total(colleague).getAttribute('value'), PATIENCE).toBe('101.500000000000000029');

  await page.goBack();
  await expect.poll(() => total(page).getAttribute('value'), PATIENCE).toBe('123.250000000000000029');
  expect(faults).toEqual([]);
});

test('a missing day is hatched and said, never zero', async () => {
  const { page } = await openPage(browser, url);
  await page.getByText(/is missing and hatched: not read yet, which is not zero/).waitFor();
  const inkOf = (place: number) =>
    page.locator('canvas').evaluate((canvas: HTMLCanvasElement, place) => {
      const context = canvas.getContext('2d');
      const x = Math.round(canvas.width * place);
      const { data } = context?.getImageData(x - 3, 30, 7, Math.round(canvas.height * 0.1)) ?? { data: [] };
      return [...data].filter((value, index) => index % 4 === 3 && value > 0).length;
    }, place);
  const place = await page.locator('canvas').evaluate((canvas) => (canvas.clientWidth - 60) / canvas.clientWidth);
  expect(place).toBeGreaterThan(0.5);
  // The 21st of 30 columns, above where its neighbours' bars end.
  const column = (index: number) => 1 - ((30 - index - 0.5) / 30) * place;
  expect(await inkOf(column(20))).toBeGreaterThan(10);

  await page.getByText('By day', { exact: true }).click();
  const row = page.getByRole('row').filter({ hasText: 'Missing: not read yet' });
  expect(await row.count()).toBe(1);
  expect(await row.getByRole('cell').first().textContent()).toBe('—');
});

test('the SQL that it copies is the same sum', async () => {
  const { page } = await openPage(browser, url);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Project a' }).click();
  await expect.poll(() => page.url(), PATIENCE).toContain('project_id=a');
  await page.getByRole('button', { name: 'Copy as SQL' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const sql = await page.evaluate(() => navigator.clipboard.readText());
  const rows = await database.warehouse.query({
    name: 'copied',
    sql: `SELECT toString(sum(spend)) AS total FROM (${sql})`,
    row: z.object({ total: z.string() }),
  });
  expect(rows).toEqual([{ total: '101.500000000000000029' }]);
});

test('CSV has every row of the range', async () => {
  const { page } = await openPage(browser, url);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(1 + 29 * 3);
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each([
    ['costs', '/?range=30d', 'Unit price'],
    ['integrations', '/integrations', 'Sync now'],
    ['days', '/integrations/openai-one', 'Calendar'],
    ['connect', '/connect', 'Where the key is'],
  ])('axe finds nothing against %s', async (_, path, sign) => {
    const { page, faults } = await openPage(browser, `${api.url}${path}#token=token-of-one-tenant`, { colorScheme });
    await page.getByText(sign).or(page.getByLabel(sign)).first().waitFor();
    // Before axe, whose own styles the page's policy refuses.
    expect(faults).toEqual([]);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<Result> } }).axe.run(),
    );
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
  });
});

type Result = { violations: { id: string; nodes: { html: string }[] }[] };

test('without a token there is nothing, and the first view is small', async () => {
  const { page } = await openPage(browser, `${api.url}/`);
  await page.getByRole('heading', { name: 'Open this page with its token' }).waitFor();

  let bytes = 0;
  const html = await (await fetch(`${api.url}/`)).text();
  for (const [, path] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
    const response = await fetch(api.url + path, { headers: { 'accept-encoding': 'gzip' }, method: 'HEAD' });
    expect(response.headers.get('cache-control')).toContain('immutable');
    const transferred = await page.evaluate(
      (name) => (performance.getEntriesByName(name)[0] as PerformanceResourceTiming | undefined)?.encodedBodySize ?? 0,
      api.url + path,
    );
    bytes += transferred;
  }
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(250_000);
});
