import type { Browser } from 'playwright-core';
import { firefoxPath, openFirefox } from '#dev/browser/open-firefox.ts';
import { openTab, printTab } from './open-page.ts';
import { test } from './page-test.ts';
import { KEY } from './serve-costs.ts';

const browsers = firefoxPath ? ['Chromium', 'Firefox'] : ['Chromium'];
if (!firefoxPath)
  process.stdout.write('Firefox 153 or later is not installed: the page is tested in Chromium alone.\n');

test.for(browsers)(
  '%s shows the main screens without a complaint, and scrolls none sideways at 320 px',
  async (name, { served, expect }) => {
    const firefox = name === 'Firefox' && firefoxPath ? await openFirefox(firefoxPath) : undefined;
    try {
      expect(await lookAround(firefox ?? served.browser, served.url)).toEqual({ faults: [], excess: [0, 0, 0, 0, 0] });
    } finally {
      await firefox?.close();
    }
  },
);

/** @returns what the browser complained of, and by how many pixels each screen is wider than the window */
async function lookAround(browser: Browser, url: string) {
  const profile = await browser.newContext({ viewport: { width: 320, height: 800 }, locale: 'en-US' });
  profile.setDefaultTimeout(60_000);
  const { page, faults } = await openTab(profile, `${url}/?range=30d#${KEY}`);
  const excess: number[] = [];
  const measure = async () =>
    excess.push(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)));
  try {
    await page.getByRole('region', { name: 'Month' }).locator('data').first().waitFor();
    await page.getByRole('table', { name: 'Costs by project' }).getByText('Project a').waitFor();
    await page.getByRole('region', { name: 'Spend by day' }).locator('canvas').waitFor();
    await measure();
    await page.getByRole('link', { name: /^Alerts/ }).click();
    await page.getByText('Nowhere: they are listed here alone.').waitFor();
    await measure();
    await page.goto(`${url}/integrations`);
    await page.getByText(/^\d+ days since /).waitFor();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('dialog').waitFor();
    await measure();
    await page.goto(`${url}/connect`);
    // Key by key: what Playwright fills in at once does not get into a password field of a stock Firefox.
    await page.getByLabel('Admin API key').pressSequentially('sk-proj-x');
    await page.getByText('of one project').waitFor();
    await measure();
    await page.goto(`${url}/docs`);
    await page.getByRole('heading', { name: 'API', exact: true }).waitFor();
    await measure();
  } catch (error) {
    await printTab(page);
    throw error;
  } finally {
    await profile.close();
  }
  return { faults, excess };
}
