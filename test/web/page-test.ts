import { test as base } from 'vitest';
import { openProfile, openTab, printTab } from './open-page.ts';
import { serveCosts } from './serve-costs.ts';

/** A view sends a dozen queries at once: more tests at a time would only wait for each other. */
const AT_ONCE = 2;
let free = AT_ONCE;
const waiting: (() => void)[] = [];

async function takeTurn(): Promise<void> {
  if (free > 0) free--;
  else await new Promise<void>((resolve) => waiting.push(resolve));
}

function endTurn(): void {
  const next = waiting.shift();
  if (next) next();
  else free++;
}

/**
 * Tests of the page with the costs of `serveCosts`, started once per process and shared by its files: a test that
 * changes data does so in a tenant of its own. `openPage` opens a tab, which is closed when the test ends, since an
 * open one keeps fetching. Tests may run concurrently. A tab that is `alone` has a profile of its own, with a
 * clock that can be forwarded: Playwright's clock is one for all tabs of a profile, and would stop those of other tests.
 */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of what a fixture needs from the pattern
  .extend('served', { scope: 'worker' }, async ({}, { onCleanup }) => {
    const served = await serveCosts();
    onCleanup(() => served.close());
    return served;
  })
  .extend('openPage', async ({ served, task }, { onCleanup }) => {
    const tabs: Awaited<ReturnType<typeof openTab>>[] = [];
    const profiles: Awaited<ReturnType<typeof openProfile>>[] = [];
    await takeTurn();
    onCleanup(async () => {
      for (const { page } of tabs) {
        if (task.result?.state === 'fail') await printTab(page);
        // What a route still fetches for a page that polls ends with the page.
        await page.unrouteAll({ behavior: 'ignoreErrors' });
        await page.close();
      }
      for (const profile of profiles) await profile.close();
      endTurn();
    });
    const openAlone = async () => {
      const profile = await openProfile(served.browser);
      profiles.push(profile);
      await profile.clock.install();
      return profile;
    };
    return async (url: string, { alone = false } = {}) => {
      const tab = await openTab(alone ? await openAlone() : served.profile, url);
      tabs.push(tab);
      return tab;
    };
  });
