import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { addDays, daysOf } from '#domain/day.ts';
import { billed } from '../fixtures/cost-fixtures.ts';
import { openPage } from './open-page.ts';
import { KEY, monthBefore, serveCosts, spent, today, writeTenant } from './serve-costs.ts';

const PATIENCE = { timeout: 20_000 };
let served: Awaited<ReturnType<typeof serveCosts>>;
beforeAll(async () => {
  served = await serveCosts();
});
afterEach((test) => served.closePages(test));
afterAll(() => served.close());
const item = (amount: string, currency: string) =>
  billed('gpt-4o-mini, input', amount, '1000000', 'tokens', { project_id: 'a', currency });

test('of several currencies one is looked at, and the other is a click away', async () => {
  await writeTenant(served.database, 'two', daysOf({ from: monthBefore, to: addDays(today, 1) }), () => [
    item('1.5', 'usd'),
    item('200', 'jpy'),
  ]);
  const { page } = await openPage(served.browser, await served.serveTenant('two'));
  const total = page.getByLabel('Figures').locator('data').first();
  await expect.poll(() => total.getAttribute('value'), PATIENCE).toBe('45');
  expect(new URL(page.url()).searchParams.get('currency')).toBe('usd');
  await page.getByText('JPY', { exact: true }).click();
  await expect.poll(() => total.getAttribute('value'), PATIENCE).toBe('6000');
  expect(await total.textContent()).toBe('¥6,000');
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('while a backfill runs the page says so, and fills as days arrive', async () => {
  const write = (days: string[], status: 'backfilling' | 'connected' | 'disconnected') =>
    writeTenant(served.database, 'filling', days, () => [item('1', 'usd')], status);
  const days = daysOf({ from: monthBefore, to: addDays(today, 1) });
  await write(days.slice(-10), 'backfilling');
  const { page } = await openPage(served.browser, await served.serveTenant('filling'));
  const total = page.getByLabel('Figures').locator('data').first();
  await page.getByText(`One: 10 of ${days.length} days have arrived, the newest first.`).waitFor();
  await expect.poll(() => total.getAttribute('value'), PATIENCE).toBe('10');
  await page.getByText(/^Not known: the range has \d+ days not read yet$/).waitFor();

  await write(days.slice(-20, -10), 'backfilling');
  await page.getByText(`One: 20 of ${days.length} days have arrived`).waitFor();
  await expect.poll(() => total.getAttribute('value'), PATIENCE).toBe('20');
  expect(await page.getByRole('link', { name: 'Watch the backfill' }).getAttribute('href')).toContain('openai-filling');

  await write(days.slice(0, -20), 'connected');
  await expect.poll(() => page.getByText('have arrived').count(), PATIENCE).toBe(0);
  await expect.poll(() => total.getAttribute('value'), PATIENCE).toBe('30');

  await write([], 'disconnected');
  await page.reload();
  await page.getByText('One: The key is deleted and syncing has stopped.').waitFor();
  await page.getByText('Too few complete days of connected integrations').waitFor();
  await expect.poll(() => total.getAttribute('value'), PATIENCE).toBe('30');
});

test('a missing day is hatched and said, never zero', async () => {
  const { page } = await openPage(served.browser, `${served.url}/?range=30d#${KEY}`);
  await page.getByText('Hatched days are unknown, not zero: a day not read yet.').waitFor();
  await page.getByText('Not known: the range has a day not read yet').waitFor();
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
  expect(await inkOf(1 - ((30 - 20 - 0.5) / 30) * place)).toBeGreaterThan(10);

  await page.getByText('By day', { exact: true }).click();
  const row = page.getByRole('row').filter({ hasText: 'Missing: not read yet' });
  expect(await row.count()).toBe(1);
  expect(await row.getByRole('cell').first().textContent()).toBe('—');
});

test.each([
  ['2020-01-01..2020-01-05', /^5 days before the history \(it starts on .*\)$/, 'Before the history'],
  [`${addDays(today, 1)}..${addDays(today, 5)}`, /^5 days in the future$/, 'In the future'],
])('of %s nothing is known, which is not zero, and the page says why', async (range, why, note) => {
  const { page } = await openPage(served.browser, `${served.url}/?range=${range}#${KEY}`);
  await page.getByText(new RegExp(`Hatched days are unknown, not zero: ${why.source.slice(1, -1)}`)).waitFor();
  await page.getByText(new RegExp(`^No data for .*: ${why.source.slice(1, -1)}`)).waitFor();
  expect(await page.getByLabel('Figures').locator('data').count()).toBe(0);
  await page.getByText('By day', { exact: true }).click();
  expect(await page.getByRole('row').filter({ hasText: note }).count()).toBe(5);
  await page.reload();
  expect(new URL(page.url()).searchParams.get('table')).toBe('days');
  await expect.poll(() => page.getByRole('row').filter({ hasText: note }).count(), PATIENCE).toBe(5);
});

test('a day that OpenAI restated is marked, with when that was seen', async () => {
  const days = daysOf({ from: monthBefore, to: addDays(today, 1) });
  await writeTenant(served.database, 'restated', days, () => [item('1', 'usd')]);
  await writeTenant(served.database, 'restated', [addDays(today, -3)], () => [item('1.5', 'usd')]);
  const { page } = await openPage(served.browser, await served.serveTenant('restated'));
  await page.getByText('A day was restated by OpenAI (▼).').waitFor();
  await page.getByText('By day', { exact: true }).click();
  const row = page.getByRole('row').filter({ hasText: 'Restated by OpenAI, seen' });
  expect(await row.count()).toBe(1);
  expect(await row.locator('data').getAttribute('value')).toBe('1.5');
});

test('what is not right in an address is passed over', async () => {
  const wrong = ['currency=x', 'currency=', 'range=2026-02-30..2026-03-02', 'range=2000-01-01..2099-12-31', 'by=cost'];
  for (const query of wrong) {
    const { page } = await openPage(served.browser, `${served.url}/?${query}#${KEY}`);
    await page.getByRole('button', { name: 'Download CSV' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  }
});

test('figures of a range are of that range, and those of the month say so', async () => {
  const { page } = await openPage(served.browser, `${served.url}/?range=7d&project_id=a#${KEY}`);
  await page.getByText(/^This month, not the range/).waitFor();
  const month = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.now(),
  );
  await page.getByRole('heading', { name: `${month} so far` }).waitFor();
  await page.getByRole('heading', { name: `Forecast for all of ${month}` }).waitFor();
  await page.getByRole('button', { name: 'Reconciled with OpenAI' }).click();
  const popover = page.getByRole('dialog');
  await popover.getByText('Over the 6 days of').waitFor();
  const sum = Number(spent(addDays(today, -6), today));
  expect(await popover.getByRole('definition').first().textContent()).toMatch(new RegExp(`^\\$${sum.toFixed(2)}`));
  expect(await popover.textContent()).toContain('without the filters');
});

test('what cannot be asked is said, and asked again at a click and by itself', async () => {
  const { page } = await openPage(served.browser, `${served.url}/?range=7d#${KEY}`);
  const badge = page.getByRole('button', { name: 'Reconciled with OpenAI' });
  await badge.waitFor();
  const alert = page.getByRole('alert');
  const questions = ['**/v1/costs*', '**/v1/costs/summary*', '**/v1/integrations/*/days*'];
  const fail = () => Promise.all(questions.map((question) => page.route(question, (route) => route.abort())));

  await fail();
  await page.getByRole('button', { name: '90 days' }).click();
  await alert.getByText('The API does not respond').waitFor();
  const view = page.locator('[aria-busy]');
  await expect.poll(() => view.evaluate((shown) => getComputedStyle(shown).opacity)).toBe('0.5');
  // Nothing is answered before the click, also not what is asked by itself.
  const clicked = Promise.withResolvers<void>();
  for (const question of questions) {
    await page.route(question, async (route) => {
      await clicked.promise;
      await route.continue();
    });
  }
  const asked = page.waitForRequest('**/v1/costs*');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await asked;
  clicked.resolve();
  await alert.waitFor({ state: 'hidden' });
  await expect.poll(() => view.evaluate((shown) => getComputedStyle(shown).opacity)).toBe('1');

  await fail();
  await page.reload();
  await alert.getByText('The API does not respond').waitFor();
  await page.unroute('**/v1/costs*');
  await page.getByText('It could not be loaded').first().waitFor();
  await alert.getByText('It is not known whether the days add up to OpenAI’s totals').waitFor();
  await page.unrouteAll();
  await badge.waitFor();
  await page.getByText(/^This month, not the range/).waitFor();
  expect(await alert.count()).toBe(0);
});

test('a name that fails while the view changes is asked for again', async () => {
  const { page } = await openPage(served.browser, 'about:blank');
  const failing = Promise.withResolvers<void>();
  await page.route(
    '**/v1/dimensions/project_id?*',
    async (route) => {
      await failing.promise;
      await route.abort();
    },
    { times: 1 },
  );
  await page.goto(`${served.url}/?range=30d&by=project_id#${KEY}`);
  await page.getByRole('table').getByRole('button', { name: 'Project a' }).click();
  await page.getByRole('button', { name: 'Remove the filter Project: a' }).waitFor();
  failing.resolve();
  await page.getByRole('button', { name: 'Remove the filter Project: Project a' }).waitFor();
});

test('an organization that spends nothing, and a view that has nothing, say so', async () => {
  await writeTenant(served.database, 'idle', daysOf({ from: monthBefore, to: addDays(today, 1) }), () => []);
  const { page } = await openPage(served.browser, await served.serveTenant('idle'));
  await page.getByText(/^Nothing was spent in .*\d\.$/).waitFor();
  await page.goto(`${served.url}/?model=nobody#${KEY}`);
  await page.getByText(/ for your filters, without a day not read yet\.$/).waitFor();
});

test('where nothing is, a reader is told so in words, and a program as everywhere', async () => {
  const { page } = await openPage(served.browser, `${served.url}/bill#${KEY}`);
  await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
  expect(await page.title()).toBe('Not found · Pump');
  await page.getByRole('main').getByRole('link', { name: 'costs' }).click();
  await page.getByRole('heading', { name: 'Costs' }).waitFor();
  await expect.poll(() => page.title()).toBe('Costs · Pump');

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
