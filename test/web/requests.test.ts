import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { addDays, daysOf, lengthOf } from '#domain/day.ts';
import { billed, costDay } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { test } from './page-test.ts';
import { KEY, monthBefore, type Served, thisMonth, today } from './serve-costs.ts';

const POLLED_MS = 30_000;
const FAILED = { status: 503, json: { status: 503, title: 'Not now', detail: 'Try later.' } };

const yesterday = addDays(today, -1);
/** A day's costs, which rise from day to day: whatever is compared has changed. */
function risingDay(day: string) {
  const amount = String(1 + lengthOf({ from: monthBefore, to: day }));
  return costDay(day, [billed('gpt-4o-mini, input', amount, '1000000', 'tokens', { project_id: 'a' })], amount);
}

/** A tenant whose costs are read through a day, and of the next one what was there at its noon. */
async function writeThrough({ warehouse }: Served['database'], tenant_id: string, through: string) {
  const key = { tenant_id, integration_id: `openai-${tenant_id}` };
  const open = addDays(through, 1);
  const history = { history_from: monthBefore, history_to: addDays(open, 1) };
  await writeIntegration(warehouse, integration({ ...key, ...history, status: 'connected' }));
  const days = daysOf({ from: monthBefore, to: open });
  await writeCostDays(warehouse, { ...key, version: Date.now() }, days.map(risingDay));
  await writeCostDays(warehouse, { ...key, version: Date.parse(`${open}T12:00:00Z`) }, [risingDay(open)]);
}

test.concurrent.for([
  ['one organization', 'whole', 'range=30d', today],
  ['three organizations', 'three', 'range=30d', today],
  ['a morning before the sync', 'morning', 'range=30d', today],
  ['the first of a month', 'first', '', thisMonth],
  ['more than a year beside the year before', 'whole', `range=${addDays(today, -400)}..${today}&compare=year`, today],
  ['365 days', 'whole', 'range=365d', today],
] as const)(
  'the usual view is five requests, all sent at once: %s',
  async ([, tenant, query, pageDay], { openPage, served, expect }) => {
    if (tenant === 'three') await writeOrganizations(served.database, tenant, 3);
    if (tenant === 'morning') await writeThrough(served.database, tenant, addDays(yesterday, -1));
    if (tenant === 'first') await writeThrough(served.database, tenant, addDays(thisMonth, -1));
    const { page } = await openPage('about:blank', { alone: pageDay !== today });
    if (pageDay !== today) await page.clock.setSystemTime(`${pageDay}T08:00:00Z`);
    const asked: string[] = [];
    const answer = Promise.withResolvers<void>();
    await page.route(/\/v1\//, async (route) => {
      asked.push(new URL(route.request().url()).pathname);
      await answer.promise;
      await route.continue();
    });
    await page.goto(await served.serveTenant(tenant, query));
    const first = ['/v1/costs/summary', '/v1/costs'];
    const all = [...first, '/v1/costs', '/v1/overview', '/v1/reconciliation'].toSorted();
    await expect.poll(() => asked.toSorted()).toEqual(all);
    // The month and the chart come first: the API works on few questions of a tenant at once.
    expect(asked.slice(0, 2)).toEqual(first);
    const answered = Date.now();
    answer.resolve();
    await page.getByRole('region', { name: /^Spend by / }).waitFor();
    // Of a range without a day that has ended, there is nothing to reconcile yet.
    if (tenant !== 'first') await page.getByRole('button', { name: 'Reconciled with OpenAI' }).waitFor();
    await page
      .getByRole('region', { name: 'Month' })
      .getByText(/Spend limits .*are not all known/)
      .waitFor();
    // Where the range cannot be compared, what explains the last full month instead.
    await page.getByRole('heading', { name: 'Why', exact: true }).waitFor();
    // What is loaded later asks for nothing again. On a slow machine the overview is polled meanwhile.
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Copy as SQL' }).waitFor();
    const polls = Array.from({ length: Math.floor((Date.now() - answered) / POLLED_MS) }, () => '/v1/overview');
    expect([...all, ...polls].toSorted()).toEqual(expect.arrayContaining(asked));
    expect(asked.length).toBeLessThanOrEqual(all.length + polls.length);
  },
);

/** A tenant with several organizations, each with the same costs up to today, and more of them in the last 30 days. */
async function writeOrganizations({ warehouse }: Served['database'], tenant_id: string, count: number) {
  const days = daysOf({ from: monthBefore, to: addDays(today, 1) });
  for (let index = 0; index < count; index++) {
    const key = { tenant_id, integration_id: `openai-${index}` };
    const organization = { organization_id: `org-${index}`, organization_name: `Organization ${index}` };
    const history = { history_from: monthBefore, history_to: addDays(today, 1) };
    await writeIntegration(warehouse, integration({ ...key, ...organization, ...history, status: 'connected' }));
    const amount = (day: string) => (day < addDays(today, -29) ? '1' : '2');
    const items = (day: string) => [
      billed('gpt-4o-mini, input', amount(day), '1000000', 'tokens', { project_id: 'a' }),
    ];
    const rows = days.map((day) => costDay(day, items(day), amount(day)));
    await writeCostDays(warehouse, { ...key, version: Date.now() }, rows);
  }
}

test.concurrent('the month’s figures are of the view, and never of another one', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(`${served.url}/?range=30d&by=project_id#${KEY}`);
  const month = page.getByRole('region', { name: 'Month' });
  await month.locator('data').first().waitFor();
  // Of the next view, the summary is awaited, then it fails.
  const answer = Promise.withResolvers<void>();
  await page.route('**/v1/costs/summary*', async (route) => {
    await answer.promise;
    await route.fulfill(FAILED);
  });
  await page.getByRole('table', { name: 'Costs by project' }).getByRole('button', { name: 'Project a' }).click();
  await page.getByRole('button', { name: 'Remove the filter Project: Project a' }).waitFor();
  await page.getByRole('table', { name: 'Costs by model' }).waitFor();
  expect(await month.locator('data').count()).toBe(0);
  answer.resolve();
  await month.getByText('Not now').waitFor();
  expect(await month.locator('data').count()).toBe(0);
});

test.concurrent('what fails says so in its own place, and costs no other', async ({ openPage, served, expect }) => {
  const open = async (...failing: RegExp[]) => {
    const { page } = await openPage('about:blank');
    for (const each of failing) await page.route(each, (route) => route.fulfill(FAILED));
    await page.goto(`${served.url}/?range=7d#${KEY}`);
    return page;
  };
  const month = { name: 'Month' };
  const [withoutDetails, withoutOrganizations, withoutCosts] = await Promise.all([
    open(/line_item/, /\/v1\/overview/),
    open(/\/v1\/overview/),
    open(/\/v1\/costs\?/),
  ]);
  await withoutDetails.getByRole('region', { name: 'What changed' }).getByText('It could not be loaded.').waitFor();
  await withoutDetails.getByText('Not judged: alerts (could not be loaded);').waitFor();
  await withoutDetails.getByRole('region', month).locator('data').first().waitFor();
  await withoutDetails.getByRole('region', { name: 'Spend by day' }).waitFor();
  const download = withoutDetails.waitForEvent('download');
  await withoutDetails.getByRole('button', { name: 'Export' }).click();
  await withoutDetails.getByRole('menuitem', { name: 'CSV', exact: true }).click();
  await download;

  await withoutOrganizations.getByRole('region', month).locator('data').first().waitFor();
  await withoutOrganizations.getByRole('region', { name: 'Spend by day' }).locator('data').first().waitFor();
  await withoutOrganizations.getByText('Not compared: the organizations could not be loaded.').waitFor();
  await withoutOrganizations.getByRole('button', { name: 'Reconciled with OpenAI, as of' }).waitFor();

  await withoutCosts.getByRole('region', month).locator('data').first().waitFor();
  await withoutCosts.getByRole('region', { name: 'What changed' }).getByText('It could not be loaded.').waitFor();
  expect(await withoutCosts.getByText('Nothing unusual.').count()).toBe(0);
});

test.concurrent('many organizations are found in their list', async ({ openPage, served, expect }) => {
  const { page } = await openPage('about:blank');
  await page.route('**/v1/overview', async (route) => {
    const response = await route.fetch();
    const overview = (await response.json()) as { integrations: { id: string }[] };
    const many = Array.from({ length: 300 }, (_, index) => ({
      ...overview.integrations[0],
      id: `openai-${index}`,
      organization: { id: `org-${index}`, name: `Organization ${index}` },
      status: index === 298 || index % 10 === 0 ? 'action_required' : 'connected',
    }));
    await route.fulfill({ response, json: { ...overview, integrations: many } });
  });
  await page.goto(`${served.url}/?range=7d#${KEY}`);
  await page.getByRole('button', { name: 'Reconciled with OpenAI' }).waitFor();
  await page.getByRole('region', { name: 'Spend by day' }).waitFor();
  // Trouble is above the month, and leaves it in the window.
  await page.getByText('28 other organizations need a look.').waitFor();
  expect(await page.getByRole('link', { name: /^(Connect a|Replace) key$/ }).count()).toBe(3);

  // Days add up by the organization that is chosen.
  const days = page.waitForRequest('**/v1/reconciliation?*integration_id=openai-7');
  await page.getByLabel('Organization', { exact: true }).selectOption('openai-7');
  await days;

  // Their list has those first that need a key, and is searched.
  await page.getByRole('link', { name: 'Integrations', exact: true }).click();
  const cards = page.getByRole('article');
  await page.getByRole('button', { name: 'Show 50 more' }).waitFor();
  expect(await cards.count()).toBe(50);
  expect(await cards.first().getByRole('heading').textContent()).toBe('Organization 0');
  await page.getByLabel('Find an organization').fill('tion 299');
  await expect.poll(() => cards.allTextContents()).toEqual([expect.stringContaining('Organization 299')]);
});

test.concurrent('the requests of a view that is left are cancelled', async ({ openPage, served }) => {
  const { page } = await openPage('about:blank');
  await page.route(/\/v1\/costs/, () => {});
  await page.goto(`${served.url}/#${KEY}`);
  await page.getByRole('link', { name: 'Integrations' }).waitFor();
  const cancelled = page.waitForEvent('requestfailed', (request) => request.url().includes('/v1/costs/summary'));
  await page.getByRole('link', { name: 'Integrations' }).click();
  await cancelled;
});
