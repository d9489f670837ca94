import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A browser profile. Its tabs share the cache, as the tabs of one reader do: what has not changed is not computed again. */
export async function openProfile(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(120_000);
  return context;
}

/** A tab at an address that has the token, as the terminal prints it. `faults` are the browser's complaints. */
export async function openTab(profile: BrowserContext, url: string): Promise<{ page: Page; faults: string[] }> {
  const page = await profile.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(url);
  return { page, faults };
}

/** Prints what a tab shows, as a screen reader has it: of a failed test, it says more than the assertion. */
export async function printTab(page: Page): Promise<void> {
  process.stderr.write(`${page.url()}\n${await page.locator('body').ariaSnapshot()}\n`);
}
