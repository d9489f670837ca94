import { addDays } from '#domain/day.ts';
import { test } from './page-test.ts';
import { KEY, today } from './serve-costs.ts';

const isAsked = /\/v1\/(costs|integrations$)/;

test.concurrent('what a view shows first is asked for at once, and no question waits for another', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage('about:blank');
  const asked: string[] = [];
  const answer = Promise.withResolvers<void>();
  await page.route(isAsked, async (route) => {
    asked.push(new URL(route.request().url()).pathname);
    await answer.promise;
    await route.continue();
  });
  await page.goto(`${served.url}/?range=${addDays(today, -20)}..${addDays(today, -1)}#${KEY}`);
  const expected = ['/v1/costs', '/v1/costs', '/v1/costs', '/v1/costs/summary', '/v1/integrations'];
  await expect.poll(() => asked.toSorted()).toEqual(expected);
  answer.resolve();
  await page.getByRole('region', { name: 'Spend by day' }).waitFor();
  await page.getByRole('region', { name: 'Month' }).locator('data').first().waitFor();
});

test.concurrent('what fails says so in its own place, and costs no other', async ({ openPage, served }) => {
  const { page } = await openPage('about:blank');
  await page.route(/line_item/, (route) => route.abort());
  await page.goto(`${served.url}/?range=7d#${KEY}`);
  await page.getByRole('region', { name: 'What changed' }).getByText('It could not be loaded.').waitFor();
  await page.getByRole('heading', { name: / so far$/ }).waitFor();
  await page.getByRole('region', { name: 'Spend by day' }).waitFor();
});

test.concurrent('many organizations are not asked for one by one, and are found in their list', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage('about:blank');
  let asked = 0;
  await page.route('**/v1/integrations/*/days*', (route) => {
    asked += 1;
    return route.abort();
  });
  await page.route('**/v1/integrations', async (route) => {
    const response = await route.fetch();
    const { data } = (await response.json()) as { data: { id: string }[] };
    const many = Array.from({ length: 300 }, (_, index) => ({
      ...data[0],
      id: `openai-${index}`,
      organization: { id: `org-${index}`, name: `Organization ${index}` },
      status: index === 298 ? 'action_required' : 'connected',
    }));
    await route.fulfill({ response, json: { data: many } });
  });
  await page.goto(`${served.url}/?range=7d#${KEY}`);
  await page.getByText('Choose one to see whether its days add up to OpenAI’s totals.').waitFor();
  await page.getByRole('region', { name: 'Spend by day' }).waitFor();
  expect(asked).toBe(0);

  // Their list has those first that need a key, and is searched.
  await page.getByRole('link', { name: 'Integrations', exact: true }).click();
  const cards = page.getByRole('article');
  await page.getByRole('button', { name: 'Show 50 more' }).waitFor();
  expect(await cards.count()).toBe(50);
  expect(await cards.first().getByRole('heading').textContent()).toBe('Organization 298');
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
