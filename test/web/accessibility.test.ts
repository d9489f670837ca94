import type { Page } from 'playwright-core';
import { axe, violationsOf } from './axe.ts';
import { openProfile, openTab } from './open-page.ts';
import { test } from './page-test.ts';
import { KEY } from './serve-costs.ts';

const click = (name: string) => (page: Page) => page.getByRole('button', { name }).click();
const type = (text: string) => async (page: Page) => {
  await page.getByLabel('Filter', { exact: true }).focus();
  await page.keyboard.type(text);
};
const nothing = async () => {};

test.concurrent.for([
  ['costs', '/?range=30d', click('Show'), 'Unit price'],
  ['the month', '/', nothing, 'Worth a look'],
  ['the export menu', '/?range=7d', click('Export'), 'CSV for spreadsheets'],
  ['the whole filter list', '/?range=7d', type(''), 'Model: top 6'],
  ['saved views', '/?range=7d', click('Views'), 'Save this view as'],
  ['costs by day', '/?range=7d', (page: Page) => page.getByText('Day', { exact: true }).click(), 'Day (UTC)'],
  ['both totals', '/?range=7d', click('Reconciled with OpenAI'), 'OpenAI’s own totals'],
  ['the filter picker', '/?range=7d&model=dall-e-3&model=gpt-4o-mini', type('dall'), 'Remove all'],
  ['what is not found', '/?range=7d', type('nobody has this'), 'No match in this range'],
  ['a view of nothing', '/?range=7d&model=nobody', nothing, 'No costs in'],
  ['a question that is refused', `/?range=7d&model=${'x'.repeat(600)}`, nothing, 'must have at most 500 characters'],
  ['the dialog to set a budget', '/?range=7d', click('Set a budget'), 'Alert at % spent'],
  ['budgets', '/budgets', nothing, 'No budget is set.'],
  ['alerts', '/alerts', nothing, 'Nowhere: they are listed here alone.'],
  ['the dialog to add a channel', '/alerts', click('Add a channel'), 'Recipients'],
  ['when costs are unusual', '/alerts', click('Unusual costs'), 'The next sync judges by this.'],
  ['integrations', '/integrations', nothing, 'Sync now'],
  ['the dialog to disconnect', '/integrations', click('Disconnect'), 'Delete all its costs and usage, too'],
  ['days', '/integrations/openai-one', (page: Page) => page.getByText('Which days').click(), 'Not read yet'],
  ['an integration that is not there', '/integrations/nobody', nothing, 'This integration does not exist'],
  ['connect', '/connect', nothing, 'Where the key is'],
  [
    'a key that is none',
    '/connect',
    (page: Page) => page.getByLabel('Admin API key').fill('sk-proj-x'),
    'of one project',
  ],
  ['nothing connected', '##', nothing, 'Nothing is connected yet'],
] as const)(
  'axe finds nothing against %s, light or dark',
  async ([, path, act, sign], { openPage, served, expect }) => {
    const address =
      path === '##'
        ? await served.serveTenant('nobody')
        : served.url + (path.startsWith('#') ? `/${path}` : `${path}#${KEY}`);
    const { page, faults } = await openPage(address);
    await act(page);
    await page.getByText(sign).first().waitFor();
    // Checked before axe runs: the page's policy refuses axe's own styles. The browser logs failed requests by itself.
    expect(faults.filter((fault) => !fault.startsWith('Failed to load resource'))).toEqual([]);
    await page.evaluate(axe);
    expect(await violationsOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('[data-mantine-color-scheme=dark]').waitFor();
    expect(await violationsOf(page)).toEqual([]);
  },
);

test.for([
  ['', 'Open this page with its token'],
  ['#token=none', 'This token is no longer valid'],
])(
  'axe finds nothing against the form for a token, at the address %j',
  async ([fragment, sign], { served, expect }) => {
    // In a profile of its own, which has no tab with a token.
    const profile = await openProfile(served.browser);
    const { page } = await openTab(profile, `${served.url}/integrations${fragment}`);
    await page.getByText(sign ?? '').waitFor();
    await page.evaluate(axe);
    expect(await violationsOf(page)).toEqual([]);
    await profile.close();
  },
);

test('the first view is small', async ({ served, expect }) => {
  // In a profile of its own, whose cache is empty.
  const profile = await openProfile(served.browser);
  const { page } = await openTab(profile, `${served.url}/`);
  await page.getByRole('heading', { name: 'Open this page with its token' }).waitFor();
  let bytes = 0;
  const html = await (await fetch(`${served.url}/`)).text();
  for (const [, path] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
    const response = await fetch(served.url + path, { headers: { 'accept-encoding': 'gzip' }, method: 'HEAD' });
    expect(response.headers.get('cache-control')).toContain('immutable');
    const { headers } = await fetch(served.url + path, { headers: { 'accept-encoding': 'br' }, method: 'HEAD' });
    expect([headers.get('content-encoding'), headers.get('content-type')]).toEqual([
      'br',
      expect.stringMatching(path?.endsWith('.css') ? /^text\/css/ : /^text\/javascript/),
    ]);
    bytes += await page.evaluate(
      (name) => (performance.getEntriesByName(name)[0] as PerformanceResourceTiming | undefined)?.encodedBodySize ?? 0,
      served.url + path,
    );
  }
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(250_000);
  await profile.close();
});
