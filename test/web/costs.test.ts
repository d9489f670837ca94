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

  await page.getByRole('table', { name: 'Costs by project' }).getByRole('button', { name: 'Project a' }).click();
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

test.concurrent('a tap, the mouse and arrow keys choose a day, whose figures are read beside the chart', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(viewOf(served));
  await untilTotal(page, spent(from, to));
  const day = page.getByRole('region', { name: 'Chosen day' });
  const name = (of: string) =>
    new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', weekday: 'short', month: 'short', day: 'numeric' }).format(
      new Date(of),
    );
  const heading = day.locator('strong').first();
  await expect.poll(() => heading.textContent()).toBe(name(addDays(today, -1)));
  await day.getByRole('button', { name: 'The day after' }).click();
  await expect.poll(() => heading.textContent()).toBe(name(today));
  await day.getByText('so far').waitFor();
  await day.getByRole('button', { name: 'The day before' }).click();
  await expect.poll(() => heading.textContent()).toBe(name(addDays(today, -1)));
  const amounts = () => day.locator('data').evaluateAll((all) => all.map((each) => each.getAttribute('value')));
  const yesterday = addDays(today, -1);
  const ofA = spent(yesterday, today, ({ project_id }) => project_id === 'a');
  expect(await amounts()).toContain(ofA);
  expect((await amounts()).at(-1)).toBe(spent(yesterday, today));

  const canvas = page.locator('canvas');
  const { width = 0, height = 0 } = (await canvas.boundingBox()) ?? {};
  await canvas.click({ position: { x: width / 2, y: height / 2 } });
  const middle = await heading.textContent();
  expect(middle).not.toBe(name(yesterday));
  await canvas.focus();
  await page.keyboard.press('End');
  await expect.poll(() => heading.textContent()).toBe(name(today));
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => heading.textContent()).toBe(name(yesterday));
  // Only a click on a name goes deeper.
  expect(new URL(page.url()).searchParams.has('project_id')).toBe(false);
});

test.concurrent('weeks and months, compared with the period before, are drawn, read out and in the address', async ({
  openPage,
  served,
  expect,
}) => {
  const month = lastMonth.slice(0, 7);
  const { page } = await openPage(await served.serveTenant('whole', `range=${month}`));
  await untilTotal(page, spentInAll(lastMonth, thisMonth));
  await page.getByText('Weekly', { exact: true }).click();
  const chart = page.getByRole('region', { name: 'Spend by week' });
  await untilTotal(page, spentInAll(lastMonth, thisMonth));
  await chart.getByRole('checkbox', { name: /^Draw / }).check();
  const amounts = () =>
    page
      .getByRole('region', { name: 'Chosen week' })
      .locator('tfoot data')
      .evaluateAll((all) => all.map((each) => each.getAttribute('value')));
  await page.locator('canvas').press('Home');
  // The first week has the days from the first of the month to the first Sunday; the other month's same days lie over it.
  const days = (8 - new Date(lastMonth).getUTCDay()) % 7 || 7;
  const first = (from: string) => spentInAll(from, addDays(from, days));
  await expect.poll(amounts).toEqual([first(lastMonth), first(monthBefore)]);
  await page.getByText('Week', { exact: true }).click();
  const table = page.getByRole('table', { name: 'Costs by week' });
  const earliest = table.locator('tbody tr').last().locator('data');
  await expect.poll(() => earliest.first().getAttribute('value')).toBe(first(lastMonth));
  // Beside the sum of a week: each project's.
  const ofProject = (id: string) => spentInAll(lastMonth, addDays(lastMonth, days), (item) => item.project_id === id);
  const ofProjects = await earliest.evaluateAll((all) => all.slice(1).map((each) => each.getAttribute('value')));
  expect(ofProjects.toSorted()).toEqual(['a', 'b', 'c'].map(ofProject).toSorted());
  const { searchParams } = new URL(page.url());
  expect(['granularity', 'draw', 'table'].map((name) => searchParams.get(name))).toEqual([
    'week',
    'comparison',
    'days',
  ]);

  // A year before, nothing was read: the view says why nothing is compared, and the switch is gone.
  await page.getByLabel('Compared with').selectOption('year');
  await page.getByText(/^Not compared: the history starts on .*\. The last full month instead:$/).waitFor();
  const changes = page.getByRole('region', { name: 'What changed' });
  await changes.getByRole('button', { name: 'Project b' }).waitFor();
  expect(await chart.getByRole('checkbox', { name: /^Draw / }).count()).toBe(0);
  await page.getByText('Monthly', { exact: true }).click();
  await page.getByRole('region', { name: 'Spend by month' }).waitFor();
});

test.concurrent('values of several dimensions are searched for and chosen by keyboard', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(viewOf(served));
  await untilTotal(page, spent(from, to));
  await page.getByLabel('Filter', { exact: true }).focus();
  await page.getByText('Model: top 6').waitFor();
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

test.concurrent('two days are typed, each one step of the history; of an impossible one the page says why', async ({
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

  // What cannot be stays in its field, which says why.
  for (const [label, wrong, why] of [
    ['First day', addDays(last, -1096), 'More than three years'],
    ['First day', addDays(last, 1), 'After the last day'],
    ['First day', '0002-01-01', 'More than three years'],
    ['Last day', addDays(first, -1), 'Before the first day'],
    ['Last day', addDays(today, 1), 'In the future'],
  ] as const) {
    await page.getByLabel(label).fill(wrong);
    await page.getByLabel(label).press('Enter');
    await page.getByText(why).waitFor();
    expect(await page.getByLabel(label).inputValue()).toBe(wrong);
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

  const changes = page.getByRole('region', { name: 'What changed' });
  const chip = page.getByRole('button', { name: /^Remove the filter/ });
  for (const where of [
    changes,
    page.getByRole('table', { name: 'Costs by project' }),
    page.getByRole('region', { name: 'Chosen day' }),
  ]) {
    await where.getByRole('button', { name: 'Project b' }).press('Enter');
    await chip.waitFor();
    await expect.poll(focused).toBe('One: costs');
    await chip.press('Enter');
    await expect.poll(focused).toBe('One: costs');
    await page.getByLabel('Group by').selectOption('project_id');
  }
});

test.concurrent('two clicks say which project grew most last month, and why', async ({ openPage, served, expect }) => {
  const { page } = await openPage(await served.serveTenant('whole', 'range=30d&by=project_id'));
  await page.getByLabel('Range of days').selectOption(lastMonth.slice(0, 7));
  const changes = page.getByRole('region', { name: 'What changed' });
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
  await expect.poll(() => reason.textContent()).toMatch(/% tokens, same price \(\$0.15 per 1M\)\./);
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
  const change = (await table.getByRole('button', { name: /^vs / }).textContent()) ?? '';
  await ordered(change, cells(4), 'descending');
  await ordered(change, cells(4), 'ascending');
  await ordered('Cost', cells(2), 'descending');
  await ordered('Cost', cells(2), 'ascending');
  expect(faults).toEqual([]);
});

test.concurrent('the table says tokens roughly and on hover exactly; quantities and prices are a click away', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(viewOf(served));
  const row = page.getByRole('table', { name: 'Costs by project' }).getByRole('row').filter({ hasText: 'Project a' });
  const days = 29;
  await expect.poll(() => row.locator('data').last().getAttribute('value')).toBe(String(days * 1_100_000));
  expect(await row.locator('data').last().textContent()).toBe('31.9M');
  expect(await row.locator('data').last().getAttribute('title')).toBe('31,900,000 tokens');

  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const lines = page.getByRole('table', { name: 'Costs by line item' });
  const cells = (name: string) => lines.getByRole('row').filter({ hasText: name }).getByRole('cell').allTextContents();
  expect((await cells('gpt-4o-2024-08-06, input')).slice(1)).toEqual([`${days}Mtokens`, '$2.50per 1M']);
  expect((await cells('dall-e-3')).slice(1)).toEqual([`${days * 10}images`, '$0.04per image']);
  expect((await cells('web search tool calls')).slice(1)).toEqual(['not reported by OpenAI', 'none']);
});

test.concurrent.for([320, 390] as const)(
  'at %i px nothing scrolls sideways, and figures stay within their cards',
  async (width, { openPage, served, expect }) => {
    const { page } = await openPage('about:blank');
    await page.setViewportSize({ width, height: 900 });
    const longId = `org-${'W'.repeat(28)}`;
    await page.route('**/v1/overview', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replaceAll('org-1', longId) });
    });
    await page.goto(viewOf(served));
    await untilTotal(page, spent(from, to));
    await page.getByRole('region', { name: 'Month' }).locator('data').first().waitFor();
    const beyond = await page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      ...[...document.querySelectorAll('section p')].map((figure) => figure.scrollWidth - figure.clientWidth),
    ]);
    expect(beyond.filter((pixels) => pixels > 0)).toEqual([]);

    await page.getByRole('link', { name: 'Integrations', exact: true }).click();
    await page.getByRole('definition').filter({ hasText: longId }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  },
);

test.concurrent('a figure is rounded to the cent, every digit is on hover', async ({ openPage, served, expect }) => {
  const { page } = await openPage(viewOf(served));
  await untilTotal(page, spent(from, to));
  const exact = spent(from, to);
  expect(await total(page).textContent()).toBe(
    new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(exact as Intl.StringNumericLiteral),
  );
  expect((await total(page).getAttribute('title'))?.replace(/[$,]/g, '')).toBe(exact);
});
