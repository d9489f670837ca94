import type { Browser } from 'playwright-core';

/** A tab at an address that has the token, as the terminal prints it. `faults` is what the browser complained of. */
export async function openPage(browser: Browser, url: string, width = 1280) {
  const context = await browser.newContext({
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width, height: 900 },
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(url);
  return { page, faults };
}
