import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

type Result = { violations: { id: string; nodes: { html: string }[] }[] };

/** To be evaluated in a page first. */
export const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** What axe finds against a page as it is now. */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<Result> } }).axe.run(),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
