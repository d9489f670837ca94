import type { Browser } from 'playwright-core';
import type { TestContext } from 'vitest';

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

/** Where a test failed, what its tabs showed then, as a screen reader has it. */
export async function tellWhatFailed(browser: Browser, { task }: TestContext) {
  if (task.result?.state !== 'fail') return;
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    process.stderr.write(`${page.url()}\n${await page.locator('body').ariaSnapshot()}\n`);
  }
}
