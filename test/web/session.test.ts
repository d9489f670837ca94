import type { Page } from 'playwright-core';
import { scopes } from '#api/auth/authenticate.ts';
import { openProfile, openTab } from './open-page.ts';
import { test } from './page-test.ts';
import { KEY } from './serve-costs.ts';

/** Leaves a tab no time for anything else. */
const blockFor = (page: Page, ms: number) =>
  page.evaluate((ms) => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  }, ms);

// In profiles of their own: open tabs of one profile hand the token on.

test('a link’s token never takes the place of the one in use without a question', async ({ served, expect }) => {
  const profile = await openProfile(served.browser);
  const { page: mine } = await openTab(profile, `${served.url}/connect#${KEY}`);
  await mine.getByRole('heading', { name: 'Connect OpenAI' }).waitFor();

  const { page: link } = await openTab(profile, `${served.url}/connect#token=of-a-stranger`);
  await link.getByRole('heading', { name: 'This link has another token' }).waitFor();
  await link.getByText('You use the token of the tenant “one”.').waitFor();
  expect(await link.evaluate(() => sessionStorage.getItem('token'))).toBe(KEY.replace('token=', ''));
  expect(link.url()).not.toContain('stranger');
  await link.getByRole('button', { name: 'Keep mine' }).click();
  await link.getByRole('heading', { name: 'Connect OpenAI' }).waitFor();

  // A browser that is used for several tenants says which one a tab shows.
  expect(await mine.getByText('Tenant: ').count()).toBe(0);
  await mine.evaluate(() => localStorage.setItem('tenants', '["another"]'));
  await mine.reload();
  await mine.getByText('Tenant: one').waitFor();

  await link.goto(`${served.url}/integrations#token=of-a-stranger`);
  await link.getByRole('button', { name: 'Use the link’s token' }).click();
  await link.getByRole('heading', { name: 'This token is no longer valid' }).waitFor();

  // The new link, pasted into the same tab, differs by its token alone.
  await link.evaluate((key) => {
    location.hash = key;
  }, KEY);
  await link.getByRole('article').first().waitFor();
  expect(link.url()).toBe(`${served.url}/integrations`);
  await link.evaluate(() => {
    location.hash = 'token=of-a-stranger';
  });
  await link.getByRole('heading', { name: 'This link has another token' }).waitFor();
  expect(link.url()).not.toContain('stranger');
  await profile.close();
});

test('a link’s token is put to the question also where the tab with the one in use was busy', async ({
  served,
  expect,
}) => {
  const profile = await openProfile(served.browser);
  const { page: mine } = await openTab(profile, `${served.url}/connect#${KEY}`);
  await mine.getByRole('heading', { name: 'Connect OpenAI' }).waitFor();
  const busy = blockFor(mine, 1000);
  const { page: link } = await openTab(profile, `${served.url}/connect#token=of-a-stranger`);
  await link.getByText('You use the token of the tenant “one”.').waitFor();
  await busy;
  await link.getByRole('button', { name: 'Keep mine' }).click();
  await link.getByRole('heading', { name: 'Connect OpenAI' }).waitFor();
  expect(await link.evaluate(() => sessionStorage.getItem('token'))).toBe(KEY.replace('token=', ''));
  await profile.close();
});

test('a tab without a token gets it from an open one, and asks for it where none is open', async ({
  served,
  expect,
}) => {
  const profile = await openProfile(served.browser);
  const { page: alone } = await openTab(profile, `${served.url}/connect`);
  await alone.getByRole('heading', { name: 'Open this page with its token' }).waitFor();
  await alone.close();

  const { page } = await openTab(profile, `${served.url}/integrations#${KEY}`);
  // A click on a link that is drawn anew meanwhile opens nothing.
  await page.getByRole('article').first().waitFor();
  // The browser opens the tab, and not the page itself, which it would take along.
  const isLeftToBrowser = page.evaluate(
    () => new Promise((resolve) => addEventListener('click', (click) => resolve(!click.defaultPrevented))),
  );
  await page.getByRole('link', { name: 'Connect OpenAI' }).click({ modifiers: ['ControlOrMeta'] });
  expect([await isLeftToBrowser, new URL(page.url()).pathname]).toEqual([true, '/integrations']);
  const { page: second } = await openTab(profile, `${served.url}/connect`);
  await second.getByRole('heading', { name: 'Connect OpenAI' }).waitFor();
  // Also from one that is busy for a second.
  const busy = blockFor(page, 1000);
  const { page: pasted } = await openTab(profile, `${served.url}/connect`);
  await pasted.getByRole('heading', { name: 'Connect OpenAI' }).waitFor();
  await busy;
  expect(await pasted.getByRole('alert').count()).toBe(0);
  await profile.close();
});

test.concurrent('a token that may only read sees no buttons that would be refused', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage('about:blank');
  await page.route('**/v1/overview', async (route) => {
    const response = await route.fetch();
    const session = (await response.json()) as { scopes: string[] };
    expect(session.scopes).toEqual([...scopes]);
    await route.fulfill({ response, json: { ...session, scopes: ['costs:read'] } });
  });
  await page.goto(`${served.url}/integrations#${KEY}`);
  const card = page.getByRole('article');
  await card.getByRole('link', { name: 'Coverage' }).waitFor();
  await card.getByRole('button').first().waitFor({ state: 'detached' });
  expect(await card.getByRole('link').allTextContents()).toEqual(['Coverage']);
});
