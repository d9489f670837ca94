import type { Page } from 'playwright-core';
import { test } from './page-test.ts';
import { lastMonth } from './serve-costs.ts';

const month = lastMonth.slice(0, 7);
const openViews = (page: Page) => page.getByRole('button', { name: 'Views', exact: true }).click();
const saveAs = async (page: Page, name: string) => {
  await page.getByLabel('Save this view as').fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
};

test.concurrent('a view is kept by name for oneself, and shared with everybody of the tenant', async ({
  openPage,
  served,
  expect,
}) => {
  const address = await served.serveTenant('whole', `range=${month}&by=model&granularity=week&chart=cumulative`);
  const { page } = await openPage(address);
  const query = () => new URL(page.url()).search;
  // What a cumulative chart draws is what is read out of it: up to the last week, it is everything.
  const readOut = page.getByRole('region', { name: 'Chosen week' });
  await readOut.getByText(/^Up to /).waitFor();
  expect(await readOut.locator('tfoot data').first().getAttribute('value')).toBe(
    await page.getByLabel('Figures').locator('data').getAttribute('value'),
  );
  await openViews(page);
  await saveAs(page, 'My models');
  await page.getByRole('list', { name: 'For me, in this browser' }).getByText('My models').waitFor();
  await page.getByRole('checkbox', { name: 'For everybody' }).check();
  await saveAs(page, 'Our models');
  await page.getByRole('list', { name: 'For everybody' }).getByText('Our models').waitFor();
  // A second view of a name would take the place of a colleague's.
  await page.getByLabel('Save this view as').fill('Our models');
  await page.getByRole('button', { name: 'Replace', exact: true }).waitFor();

  // Another browser of the same tenant: the shared view is there, and shows last month, whichever that is.
  const { page: colleague } = await openPage(await served.serveTenant('whole'), { alone: true });
  await openViews(colleague);
  await colleague.keyboard.press('Escape');
  await colleague.getByLabel('Save this view as').waitFor({ state: 'hidden' });
  await openViews(colleague);
  await colleague.getByRole('button', { name: 'Our models', exact: true }).click();
  await colleague.getByRole('region', { name: 'Spend by week' }).waitFor();
  expect(new URL(colleague.url()).searchParams.get('range')).toBe('last-month');
  expect(await colleague.getByLabel('Range of days').inputValue()).toBe(month);
  expect(await colleague.getByText('My models').count()).toBe(0);

  await page.goto(await served.serveTenant('whole', 'range=7d'));
  await openViews(page);
  await page.getByRole('button', { name: 'My models' }).first().click();
  await page.getByRole('region', { name: 'Spend by week' }).waitFor();
  expect(query()).toBe('?range=last-month&by=model&granularity=week&chart=cumulative');
  await openViews(page);
  await page.getByRole('button', { name: 'Delete the view My models' }).click();
  await page.getByRole('button', { name: 'Delete the view Our models' }).click();
  await page.getByText('A view is what you look at').waitFor();
});

test.concurrent('Copy link copies the view, without the token', async ({ openPage, served, expect }) => {
  const { page } = await openPage(await served.serveTenant('whole', `range=${month}&by=model`));
  await page.bringToFront();
  // Without the event that the page waits for.
  await page.evaluate(() => history.replaceState(history.state, '', '#token=mine'));
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByRole('button', { name: 'Link copied' }).waitFor();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  expect(await copied()).toMatch(/\/\?range=[\d-]+&by=model$/);

  // Over plain http, a page has no clipboard.
  await page.evaluate(async () => {
    await navigator.clipboard.writeText('');
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
  });
  await page.getByRole('button', { name: 'Link copied' }).click();
  await page.evaluate(() => Reflect.deleteProperty(navigator, 'clipboard'));
  expect(await copied()).toMatch(/\/\?range=[\d-]+&by=model$/);
});
