import type { Locator, Page } from 'playwright-core';
import { addDays } from '#domain/day.ts';
import { test } from './page-test.ts';
import { KEY, lastMonth, monthBefore, type Served, spent, spentInAll, thisMonth, today } from './serve-costs.ts';

const total = (page: Page) => page.getByLabel('Figures').locator('data').first();
const untilTotal = (page: Page, amount: string) =>
  total(page)
    .and(page.locator(`[value="${amount}"]`))
    .waitFor();
const [from, to] = [addDays(today, -29), addDays(today, 1)];
/** The view of most tests, as tenant `one` sees it. */
const viewOf = ({ url }: Served) => `${url}/?range=30d&by=project_id#${KEY}`;

test.concurrent('a click narrows the view: address, figures and table', async ({ openPage, served, expect }) => {
  const { page, faults } = await openPage(viewOf(served));
  await untilTotal(page, spent(from, to));

  await page.getByRole('table').getByRole('button', { name: 'Project a' }).click();
  await page.getByRole('button', { name: 'Remove the filter Project: Project a' }).waitFor();
  const ofA = spent(from, to, ({ project_id }) => project_id === 'a');
  await untilTotal(page, ofA);
  expect(new URL(page.url()).searchParams.toString()).toBe('range=30d&by=model&project_id=a');

  // The address is the view: a colleague sees the same.
  const { page: colleague } = await openPage(`${page.url()}#${KEY}`);
  await untilTotal(colleague, ofA);

  await page.goBack();
  await untilTotal(page, spent(from, to));
  expect(faults).toEqual([]);
});

test.concurrent('a click on a bar narrows the view, too', async ({ openPage, served }) => {
  const { page } = await openPage(viewOf(served));
  await untilTotal(page, spent(from, to));
  const canvas = page.locator('canvas');
  const { width = 0, height = 0 } = (await canvas.boundingBox()) ?? {};
  // The highest cost is at the bottom, just above the names of the days.
  await canvas.click({ position: { x: width / 2, y: height - 45 } });
  await page.getByRole('button', { name: 'Remove the filter Project: Project a' }).waitFor();
});

test.concurrent('values of several dimensions are searched for and chosen by keyboard', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(viewOf(served));
  await untilTotal(page, spent(from, to));
  await page.getByLabel('Filter', { exact: true }).focus();
  await page.getByText('Model: the 6 with the highest cost, type to find more').waitFor();
  await page.keyboard.type('NANO-7');
  const options = page.getByRole('listbox').getByRole('option');
  await expect.poll(() => options.allTextContents()).toEqual(['gpt-4.1-nano-7']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const chip = (text: string) => page.getByRole('button', { name: `Remove the filter ${text}`, exact: true });
  await chip('Model: gpt-4.1-nano-7').waitFor();

  await page.keyboard.type('dall');
  await expect.poll(() => options.allTextContents()).toEqual(['dall-e-3']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await chip('Model: dall-e-3').waitFor();
  const matches = (item: { model: string }) => ['gpt-4.1-nano-7', 'dall-e-3'].includes(item.model);
  await untilTotal(page, spent(from, to, matches));
  expect(new URL(page.url()).searchParams.getAll('model')).toEqual(['gpt-4.1-nano-7', 'dall-e-3']);

  await page.keyboard.press('Escape');
  await chip('Model: dall-e-3').click();
  await untilTotal(
    page,
    spent(from, to, ({ model }) => model === 'gpt-4.1-nano-7'),
  );
});

test.concurrent('two days are typed, each one step of the history; an impossible one is ignored', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(viewOf(served));
  await untilTotal(page, spent(from, to));
  const steps = await page.evaluate(() => history.length);
  const range = () => new URL(page.url()).searchParams.get('range');
  const type = async (label: string, day: string, end: string) => {
    await page.getByLabel(label).focus();
    await page.keyboard.type(`${day.slice(5, 7)}${day.slice(8)}${day.slice(0, 4)}`);
    await page.keyboard.press(end);
  };
  const [first, last] = [addDays(today, -40), addDays(today, -5)];
  await type('First day', first, 'Enter');
  await expect.poll(range).toBe(`${first}..${today}`);
  await type('Last day', last, 'Shift+Tab');
  await page.getByLabel('First day').focus();
  await expect.poll(range).toBe(`${first}..${last}`);
  await untilTotal(page, spent(first, addDays(last, 1)));

  // Longer than the API accepts; after the last day; a year that is still being typed.
  for (const wrong of [addDays(last, -1096), addDays(last, 1), '0002-01-01']) {
    await type('First day', wrong, 'Enter');
    expect(await page.getByLabel('First day').inputValue()).toBe(first);
  }
  expect(range()).toBe(`${first}..${last}`);
  expect(await page.evaluate(() => history.length)).toBe(steps + 2);
  await page.goBack();
  await expect.poll(() => page.getByLabel('Last day').inputValue()).toBe(today);
});

test.concurrent('after a keyboard user narrows the view, the focus is on its heading; Escape closes a popover', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(await served.serveTenant('whole', `range=${lastMonth.slice(0, 7)}&by=project_id`));
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const badge = page.getByRole('button', { name: 'Reconciled with OpenAI' });
  await badge.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await focused()).toBe('Reconciled with OpenAI');

  const changes = page.getByRole('region', { name: 'What changed most' });
  const chip = page.getByRole('button', { name: /^Remove the filter/ });
  for (const where of [changes, page.getByRole('table').first(), page.getByRole('list', { name: 'Colours' })]) {
    await where.getByRole('button', { name: 'Project b' }).press('Enter');
    await chip.waitFor();
    await expect.poll(focused).toBe('Costs');
    await chip.press('Enter');
    await expect.poll(focused).toBe('Costs');
    await page.getByText('Project', { exact: true }).first().click();
  }
});

test.concurrent('two clicks say which project grew most last month, and why', async ({ openPage, served, expect }) => {
  const { page } = await openPage(await served.serveTenant('whole', 'range=30d&by=project_id'));
  await page.getByRole('button', { name: 'Last month' }).click();
  await page.getByRole('heading', { name: /^Compared with / }).waitFor();
  const changes = page.getByRole('region', { name: 'What changed most' });
  const first = changes.getByRole('button').first();
  const ofB = (item: { project_id: string }) => item.project_id === 'b';
  const [now, before] = [spentInAll(lastMonth, thisMonth, ofB), spentInAll(monthBefore, lastMonth, ofB)];
  const change = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(
    Number(now) - Number(before),
  );
  await expect.poll(() => first.textContent()).toContain(`Project b+${change}`);

  await first.click();
  await page.getByRole('button', { name: 'Remove the filter Project: Project b' }).waitFor();
  const reason = changes.getByRole('listitem').filter({ hasText: 'gpt-4o-mini, input' }).first();
  await expect.poll(() => reason.textContent()).toMatch(/tokens instead of .*, at the same price of \$0.15 per 1M\./);
});

test.concurrent('a column’s name orders the rows by it, and once more the other way round', async ({
  openPage,
  served,
  expect,
}) => {
  const { page, faults } = await openPage(await served.serveTenant('whole', `range=${lastMonth.slice(0, 7)}&by=model`));
  const table = page.getByRole('region', { name: 'Costs by model' });
  const ordered = async (name: string, values: Locator, how: 'ascending' | 'descending') => {
    await table.getByRole('button', { name, exact: true }).click();
    await table.locator(`th[aria-sort=${how}]`).filter({ hasText: name }).waitFor();
    const seen = await values.evaluateAll((all) => all.map((each) => each.getAttribute('value')));
    const sign = how === 'ascending' ? 1 : -1;
    expect(seen.length).toBe(14);
    expect(seen).toEqual(seen.toSorted((a, b) => sign * (Number(a) - Number(b))));
  };
  const cells = (column: number) => table.locator(`tbody td:nth-of-type(${column}) data`);
  await ordered('Change', cells(2), 'descending');
  await ordered('Change', cells(2), 'ascending');
  await ordered('Amount', cells(1), 'descending');
  await ordered('Amount', cells(1), 'ascending');
  expect(faults).toEqual([]);
});

test.concurrent('every cell says something: tokens, other units, prices, and what has no quantity', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(viewOf(served));
  await page.getByRole('heading', { name: 'Quantities and unit prices' }).waitFor();
  const cells = (name: string) =>
    page.getByRole('table').first().getByRole('row').filter({ hasText: name }).getByRole('cell').allTextContents();
  const days = 29;
  // Behind the amount, since a range that lacks a day is compared with nothing.
  expect((await cells('Project a')).slice(1)).toEqual([
    `${days},000,000$2.50 / 1M`,
    `${(days / 10).toFixed(1).replace('.', ',')}00,000$10.00 / 1M`,
    'none',
  ]);
  expect((await cells('Project b')).at(-1)).toBe(`${days * 10} images $0.04 / image`);
  expect((await cells('=1+1')).at(-1)).toMatch(/^\$2\.\d+ without a quantity$/);
  const all = await page.getByRole('table').getByRole('cell').allTextContents();
  expect(all.filter((text) => text.trim() === '')).toEqual([]);
});

test.concurrent('figures stay on one line within their cards, however long they are', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage('about:blank');
  await page.setViewportSize({ width: 360, height: 900 });
  await page.goto(viewOf(served));
  await untilTotal(page, spent(from, to));
  const beyond = await page.evaluate(() => [
    document.documentElement.scrollWidth - innerWidth,
    ...[...document.querySelectorAll('[data-figure]')].map((figure) => figure.scrollWidth - figure.clientWidth),
    ...[...document.querySelectorAll('[data-figure]')].map((figure) => Math.round(figure.clientHeight) - 24),
  ]);
  expect(beyond.filter((pixels) => pixels > 0)).toEqual([]);
});
