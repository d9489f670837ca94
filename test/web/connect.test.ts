import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '#dev/browser/browser.ts';
import { addDays } from '#domain/day.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';
import { openProfile, openTab, printTab } from './open-page.ts';

/** How far back OpenAI keeps days: short, but longer than the range of the figures. */
const LOOKBACK_DAYS = 31;

let browser: Browser;
let stack: Stack;
let page: Page;
let faults: string[];
beforeAll(async () => {
  const short = startStack({ simulator: { knobs: { lookbackDays: LOOKBACK_DAYS } } });
  [browser, stack] = await Promise.all([openBrowser(), short]);
  ({ page, faults } = await openTab(await openProfile(browser), `${stack.url}/#token=${stack.token}`));
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await printTab(page);
});
afterAll(async () => {
  await browser.close();
  await stack.untilQuiet();
  await stack.stop();
});

/** Presses Tab until the control of this name has the focus. */
async function tabTo(name: string) {
  const isThere = () =>
    page.evaluate(() => {
      const at = document.activeElement as HTMLElement | null;
      return (
        at?.getAttribute('aria-label') ?? (at as HTMLInputElement | null)?.labels?.[0]?.textContent ?? at?.textContent
      );
    });
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if ((await isThere())?.replace('×', '') === name) return;
  }
  throw new Error(`Tab does not reach ${name}`);
}

test('connects by keyboard alone, keeps no key, and shows what the API says', async () => {
  await page.getByRole('heading', { name: 'Nothing is connected yet' }).waitFor();
  expect(page.url()).toBe(`${stack.url}/`);

  await tabTo('Connect OpenAI');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Connect OpenAI' }).waitFor();

  // A key of a project is explained before anything is sent.
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  const asked: string[] = [];
  page.on('request', (request) => request.method() === 'GET' && asked.push(new URL(request.url()).pathname));
  await tabTo('Admin API key');
  await page.keyboard.type('sk-proj-something');
  await page.getByText('This is a key of one project').waitFor();
  await page.keyboard.press('Enter');
  expect(sent).toEqual([]);

  // A key that OpenAI refuses: the reason, and what to do.
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('sk-admin-nobody-has-this-one');
  await page.keyboard.press('Enter');
  const alert = page.getByRole('alert');
  await alert.getByText('OpenAI rejects this key').waitFor();
  expect(await alert.textContent()).toContain('Create a new Admin key');
  // A missing letter can be corrected.
  expect(await page.getByLabel('Admin API key').inputValue()).toBe('sk-admin-nobody-has-this-one');

  await page.keyboard.press('ControlOrMeta+A');
  const { admin } = stack.simulator.keys;
  await page.keyboard.type(admin);
  await page.keyboard.press('Enter');
  // Straight to the costs, which fill as days arrive.
  await page.getByRole('heading', { level: 1, name: stack.simulator.organization.name }).waitFor();
  await expectNoKey(admin);

  // All costs: of a single organization, the page would neither name nor remove a filter.
  expect(new URL(page.url()).search).toBe('');
  // The overview has said so, which comes anyhow.
  expect(asked).not.toContain('/v1/integrations');
  await page.getByRole('link', { name: 'Integrations' }).click();
  await page.getByRole('link', { name: 'Coverage' }).click();
  await page.getByText('Everything has arrived').waitFor({ timeout: 200_000 });
  const calendar = page.getByRole('figure', {
    name: `Calendar of ${LOOKBACK_DAYS + 1} days: ${LOOKBACK_DAYS + 1} read`,
  });
  await calendar.waitFor();
  await page.reload();
  await calendar.waitFor();
  await expectNoKey(admin);
  // The browser notes each refused request by itself.
  expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
});

test('shows figures that are those of the API, digit by digit', async () => {
  await page.goto(`${stack.url}/?range=30d&by=model`);
  const total = page.getByLabel('Figures').locator('data').first();
  await total.waitFor();
  const [from, to] = [addDays(TODAY, -29), addDays(TODAY, 1)];
  const { body } = await stack.api<{ total: string }>(`/v1/costs?from=${from}&to=${to}`);
  expect(await total.getAttribute('value')).toBe(body.total);
  expect((await total.getAttribute('title'))?.replace(/[$,]/g, '')).toBe(body.total);
  expect(Number(body.total)).toBeGreaterThan(100);
});

test('filters, syncs and disconnects by keyboard alone, after typing the name', async () => {
  await page.goto(`${stack.url}/?range=7d`);
  await page.getByLabel('Figures').waitFor();
  await tabTo('Filter');
  await page.keyboard.type('gpt-4o');
  const options = page.getByRole('listbox').getByRole('option');
  // Before the values that were searched for, the list has those that cost most.
  const isFound = async () => (await options.allTextContents()).every((text) => text.includes('gpt-4o'));
  await options.first().waitFor();
  await expect.poll(isFound).toBe(true);
  await page.keyboard.press('ArrowDown');
  const chosen = await options.first().textContent();
  await page.keyboard.press('Enter');
  const chip = `Remove the filter Model: ${chosen}`;
  await page.getByRole('button', { name: chip, exact: true }).waitFor();
  await tabTo(chip);
  await page.keyboard.press('Enter');
  await expect.poll(() => new URL(page.url()).searchParams.has('model')).toBe(false);

  await page.goto(`${stack.url}/integrations`);
  await page.getByRole('button', { name: 'Sync now' }).waitFor();
  await tabTo('Sync now');
  await page.keyboard.press('Enter');
  await page.getByText(/^The last 7 days (are being|were) read again\.$/).waitFor();

  await tabTo('Disconnect');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: 'Disconnect' });
  await confirm.waitFor();
  expect(await confirm.isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await confirm.waitFor({ state: 'hidden' });

  // The focus is back where it was; in the dialog, it is where the name is typed.
  await page.keyboard.press('Enter');
  await confirm.waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await page.keyboard.type(stack.simulator.organization.name);
  await tabTo('Disconnect');
  await page.keyboard.press('Enter');
  await page.getByText('The key is deleted and syncing has stopped').waitFor();
});

/** Neither in the page, nor in the address, nor in what the browser stores. */
async function expectNoKey(key: string) {
  const stored = await page.evaluate(() =>
    JSON.stringify([
      location.href,
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      history.state,
      document.documentElement.outerHTML,
      [...document.querySelectorAll('input')].map(({ value }) => value),
    ]),
  );
  expect(stored).not.toContain(key);
}
