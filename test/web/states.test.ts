import { addDays, daysOf } from '#domain/day.ts';
import { billed } from '../fixtures/cost-fixtures.ts';
import { test } from './page-test.ts';
import { KEY, monthBefore, spent, today, writeTenant } from './serve-costs.ts';

/** How often the page fetches an integration that is backfilling. */
const POLLED_MS = 2000;
/** The longest time until the page retries. */
const RETRIED_MS = 10_000;
const item = (amount: string, currency: string) =>
  billed('gpt-4o-mini, input', amount, '1000000', 'tokens', { project_id: 'a', currency });

test.concurrent('of several currencies one is displayed, and the other is a click away', async ({
  openPage,
  served,
  expect,
}) => {
  await writeTenant(served.database, 'two', daysOf({ from: monthBefore, to: addDays(today, 1) }), () => [
    item('1.5', 'usd'),
    item('200', 'jpy'),
  ]);
  const { page } = await openPage(await served.serveTenant('two', 'range=30d'));
  const total = page.getByLabel('Figures').locator('data').first();
  await expect.poll(() => total.getAttribute('value')).toBe('45');
  expect(new URL(page.url()).searchParams.get('currency')).toBe('usd');
  await page.getByText('JPY', { exact: true }).click();
  await expect.poll(() => total.getAttribute('value')).toBe('6000');
  expect(await total.textContent()).toBe('¥6,000');
  expect(await page.getByRole('alert').count()).toBe(0);
});

test.concurrent('while a backfill runs the page says so, and fills as days arrive', async ({
  openPage,
  served,
  expect,
}) => {
  const write = (days: string[], status: 'backfilling' | 'connected' | 'disconnected') =>
    writeTenant(served.database, 'filling', days, () => [item('1', 'usd')], status);
  const days = daysOf({ from: monthBefore, to: addDays(today, 1) });
  await write([], 'backfilling');
  const { page } = await openPage(await served.serveTenant('filling', 'range=30d'), { alone: true });
  // Nothing has arrived: nothing is known, and no figure says 0.
  const month = page.getByRole('region', { name: 'Month' });
  await month.getByText(/^None of its days is (read|complete) yet$/).waitFor();
  await page.getByRole('rowheader', { name: 'Total, 30 days missing' }).waitFor();
  await page.getByText(/^Not judged: the last day \(no day is complete yet\); line items/).waitFor();
  expect(await page.locator('main data').count()).toBe(0);

  await write(days.slice(-10), 'backfilling');
  await page.clock.fastForward(POLLED_MS);
  const untilTotal = (amount: string) =>
    page
      .getByLabel('Figures')
      .locator('data')
      .first()
      .and(page.locator(`[value="${amount}"]`))
      .waitFor();
  await page.getByText(`One: 10 of ${days.length} days have arrived, the newest first.`).waitFor();
  await untilTotal('10');
  await page.getByText(/^Not compared: the range has \d+ days not read yet\.$/).waitFor();

  await write(days.slice(-20, -10), 'backfilling');
  await page.clock.fastForward(POLLED_MS);
  await page.getByText(`One: 20 of ${days.length} days have arrived`).waitFor();
  await untilTotal('20');
  expect(await page.getByRole('link', { name: 'Watch the backfill' }).getAttribute('href')).toContain('openai-filling');

  await write(days.slice(0, -20), 'connected');
  await page.clock.fastForward(POLLED_MS);
  await page.getByText('have arrived').waitFor({ state: 'detached' });
  await untilTotal('30');

  await write([], 'disconnected');
  await page.reload();
  await page.getByText('One: The key is deleted and syncing has stopped.').waitFor();
  await page.getByText('Too few complete days of connected organizations').waitFor();
  await untilTotal('30');
});

test.concurrent('a missing day is hatched and reported, never zero', async ({ openPage, served, expect }) => {
  const { page } = await openPage(`${served.url}/?range=30d#${KEY}`);
  await page.getByText('Hatched days are unknown, not zero: a day not read yet.').waitFor();
  await page.getByText('Not compared: the range has a day not read yet.').waitFor();
  const inkOf = (place: number) =>
    page.locator('canvas').evaluate((canvas: HTMLCanvasElement, place) => {
      const context = canvas.getContext('2d');
      const x = Math.round(canvas.width * place);
      const { data } = context?.getImageData(x - 3, 30, 7, Math.round(canvas.height * 0.05)) ?? { data: [] };
      return [...data].filter((value, index) => index % 4 === 3 && value > 0).length;
    }, place);
  // The 21st of 30 columns, above where its neighbours' bars end; the axis takes the first few pixels.
  const { width = 0 } = (await page.locator('canvas').boundingBox()) ?? {};
  const place = (width - 60) / width;
  await expect.poll(() => inkOf(1 - ((30 - 20 - 0.5) / 30) * place)).toBeGreaterThan(10);

  await page.getByText('Day', { exact: true }).click();
  const row = page.getByRole('row').filter({ hasText: 'Missing: not read yet' });
  expect(await row.count()).toBe(1);
  expect(await row.getByRole('cell').first().textContent()).toBe('—');
});

test.concurrent.for([
  ['2020-01-01..2020-01-05', /^5 days before the history \(it starts on .*\)$/, 'Before the history'],
  [`${addDays(today, 1)}..${addDays(today, 5)}`, /^5 days in the future$/, 'In the future'],
] as const)(
  'the days of %s are unknown, not zero, and the page says why',
  async ([range, why, note], { openPage, served, expect }) => {
    const { page } = await openPage(`${served.url}/?range=${range}#${KEY}`);
    await page.getByText(new RegExp(`Hatched days are unknown, not zero: ${why.source.slice(1, -1)}`)).waitFor();
    await page.getByText(new RegExp(`^No data for .*: ${why.source.slice(1, -1)}`)).waitFor();
    // Only the month's amount is known: it is not of the range.
    await page
      .getByRole('region', { name: 'Month' })
      .getByText(/ so far$/)
      .waitFor();
    const ofRange = page.locator('[aria-busy] data');
    expect(await ofRange.count()).toBe(0);
    await page.getByText('Day', { exact: true }).click();
    expect(await ofRange.count()).toBe(0);
    expect(await page.getByRole('row').filter({ hasText: note }).count()).toBe(5);
    await page.reload();
    expect(new URL(page.url()).searchParams.get('table')).toBe('days');
    await expect.poll(() => page.getByRole('row').filter({ hasText: note }).count()).toBe(5);
  },
);

test.concurrent('a day that OpenAI restated is marked, with the date when it was noticed', async ({
  openPage,
  served,
  expect,
}) => {
  const days = daysOf({ from: monthBefore, to: addDays(today, 1) });
  await writeTenant(served.database, 'restated', days, () => [item('1', 'usd')]);
  await writeTenant(served.database, 'restated', [addDays(today, -3)], () => [item('1.5', 'usd')]);
  const { page } = await openPage(await served.serveTenant('restated', 'range=30d'));
  await page.getByText('A day was restated by OpenAI (▼), +$0.50 in all.').waitFor();
  await page.getByText('Day', { exact: true }).click();
  const row = page.getByRole('row').filter({ hasText: /▼ Restated by OpenAI: \$1.00 → \$1.50 \(\+\$0.50\), seen / });
  expect(await row.count()).toBe(1);
  expect(await row.locator('data').first().getAttribute('value')).toBe('1.5');
});

test.concurrent('words that are not understood lead to the lines of the bill, with the keyboard, too', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage('about:blank');
  await page.route('**/v1/costs/summary*', async (route) => {
    const response = await route.fetch();
    const not_understood = {
      amount: '3',
      unclassified_amount: '0',
      all_amount: '100',
      line_items: ['gpt-9, input, moon'],
    };
    await route.fulfill({ response, json: { ...((await response.json()) as object), not_understood } });
  });
  await page.goto(await served.serveTenant('whole'));
  await page.getByText(/^Past forecasts were off by [\d.]+% on average$/).waitFor();
  await page.getByText('What changed').waitFor();
  await page.getByRole('button', { name: 'Show', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Show the line items' }).click();
  await page.getByRole('table', { name: 'Costs by line item' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Quantities and unit prices');
});

test.concurrent('invalid parts of an address are ignored', async ({ openPage, served, expect }) => {
  const wrong = ['currency=x', 'currency=', 'range=2026-02-30..2026-03-02', 'range=2000-01-01..2099-12-31', 'by=cost'];
  const openWrong = async (query: string) => {
    const { page } = await openPage(`${served.url}/?${query}#${KEY}`);
    await page.getByRole('button', { name: 'Export' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  };
  await Promise.all(wrong.map(openWrong));
});

test.concurrent('the figures follow the range, and those that follow the month say so', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(`${served.url}/?range=7d&project_id=a#${KEY}`);
  const month = new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' }).format(Date.now());
  await page.getByRole('heading', { name: `${month} so far` }).waitFor();
  await page.getByRole('heading', { name: /^Expected by / }).waitFor();
  await page.getByRole('button', { name: 'Reconciled with OpenAI' }).click();
  const popover = page.getByRole('dialog');
  await popover.getByText('Over the 6 days of').waitFor();
  const sum = Number(spent(addDays(today, -6), today));
  expect(await popover.getByRole('definition').first().textContent()).toMatch(new RegExp(`^\\$${sum.toFixed(2)}`));
  expect(await popover.textContent()).toContain('without the filters');
});

test.concurrent('a failed query is reported, and retried at a click and by itself', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(`${served.url}/?range=7d#${KEY}`, { alone: true });
  const badge = page.getByRole('button', { name: 'Reconciled with OpenAI' });
  await badge.waitFor();
  await page.getByRole('region', { name: 'Spend by day' }).waitFor();
  // The page's own; a part that failed has another in its place.
  const alert = page.getByRole('alert').first();
  const queries = ['**/v1/costs*', '**/v1/costs/summary*', '**/v1/reconciliation*'];
  const fail = () => Promise.all(queries.map((query) => page.route(query, (route) => route.abort())));

  await fail();
  await page.getByLabel('Range of days').selectOption('90d');
  await alert.getByText('The API does not respond').waitFor();
  const view = page.locator('[aria-busy]');
  await expect.poll(() => view.evaluate((shown) => getComputedStyle(shown).opacity)).toBe('0.5');
  // No response arrives before the click, not even one of an automatic retry.
  const clicked = Promise.withResolvers<void>();
  for (const query of queries) {
    await page.route(query, async (route) => {
      await clicked.promise;
      await route.continue();
    });
  }
  const retried = page.waitForRequest('**/v1/costs*');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await retried;
  clicked.resolve();
  await alert.waitFor({ state: 'hidden' });
  await expect.poll(() => view.evaluate((shown) => getComputedStyle(shown).opacity)).toBe('1');

  await fail();
  await page.reload();
  await alert.getByText('The API does not respond').waitFor();
  await page.unroute('**/v1/costs*');
  await page.clock.fastForward(RETRIED_MS);
  await page.getByRole('region', { name: 'Month' }).getByText('The API does not respond').waitFor();
  await alert.getByText('It is not known whether the days add up to OpenAI’s totals').waitFor();
  await page.unrouteAll();
  await page.clock.fastForward(RETRIED_MS);
  await badge.waitFor();
  await page.getByRole('heading', { name: /^Expected by / }).waitFor();
  expect(await alert.count()).toBe(0);
});

test.concurrent('a name that fails while the view changes is fetched again', async ({ openPage, served }) => {
  const { page } = await openPage('about:blank', { alone: true });
  const failing = Promise.withResolvers<void>();
  await page.route(
    '**/v1/projects',
    async (route) => {
      await failing.promise;
      await route.abort();
    },
    { times: 1 },
  );
  await page.goto(`${served.url}/?range=30d&by=project_id#${KEY}`);
  await page.getByRole('table', { name: 'Costs by project' }).getByRole('button', { name: 'Project a' }).click();
  await page.getByRole('button', { name: 'Remove the filter Project: a' }).waitFor();
  const failed = page.waitForEvent('requestfailed');
  failing.resolve();
  await failed;
  await page.clock.fastForward(RETRIED_MS);
  await page.getByRole('button', { name: 'Remove the filter Project: Project a' }).waitFor();
});

test.concurrent('an organization without costs, and a view without costs, say so', async ({ openPage, served }) => {
  await writeTenant(served.database, 'idle', daysOf({ from: monthBefore, to: addDays(today, 1) }), () => []);
  const { page } = await openPage(await served.serveTenant('idle'));
  await page.getByText(/^No costs in .*\d\.$/).waitFor();
  await page.getByText(/^OpenAI states no costs of One for these days\./).waitFor();
  await page.goto(`${served.url}/?model=nobody#${KEY}`);
  await page.getByText(/ for your filters/).waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('region', { name: 'Spend by day' }).waitFor();
});

test.concurrent('an unknown address is a page for a browser, and a problem for a program', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(`${served.url}/bill#${KEY}`);
  await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
  expect(await page.title()).toBe('Not found · Pump');
  await page.getByRole('main').getByRole('link', { name: 'costs' }).click();
  await page.getByRole('heading', { name: /^One/ }).waitFor();
  await expect.poll(() => page.title()).toBe('Costs · One · Pump');

  const asked = await Promise.all([
    fetch(`${served.url}/bill`, { headers: { accept: 'text/html' } }),
    fetch(`${served.url}/bill`),
    fetch(`${served.url}/v1/bill`, {
      headers: { accept: 'text/html', authorization: `Bearer ${KEY.replace('token=', '')}` },
    }),
  ]);
  expect(asked.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual([
    [404, 'text/html; charset=utf-8'],
    [404, 'application/problem+json; charset=utf-8'],
    [404, 'application/problem+json; charset=utf-8'],
  ]);
  expect(asked[0]?.headers.get('content-security-policy')).toContain("script-src 'self'");
});
