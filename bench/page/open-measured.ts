import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';

/** Times in ms since the navigation began; `moved`: the elements that the layout shift moved. */
export type Visit = {
  /** The first text. */
  painted: number;
  month: number;
  chart: number;
  settled: number;
  requests: { path: string; from: number; to: number }[];
  bytes: number;
  shift: number;
  moved: string[];
};

const notes = fileURLToPath(new URL('notes.js', import.meta.url));

/** Opens the costs page in a profile of its own, and measures until nothing is asked for any more. */
export async function openMeasured(browser: Browser, url: string): Promise<Visit> {
  const profile = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  const page = await profile.newPage();
  await page.addInitScript({ path: notes });
  await page.goto(url);
  await page.getByRole('heading', { name: /^Expected by / }).waitFor();
  await page.getByRole('heading', { name: 'Why', exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
  const visit = (await page.evaluate('readNotes()')) as Visit;
  await profile.close();
  return visit;
}
