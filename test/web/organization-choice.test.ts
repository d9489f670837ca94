import { test } from './page-test.ts';
import { KEY } from './serve-costs.ts';

const ADMIN_KEY = 'sk-admin-of-another-personal';
const unclear = {
  status: 409,
  code: 'organization_unclear',
  title: 'An organization of this name is connected already',
  detail: 'Say whose it is.',
};

test.concurrent('where OpenAI does not say whose a key is, the user does, without pasting it again', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage('about:blank');
  const sent: unknown[] = [];
  await page.route('**/v1/integrations', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    sent.push(route.request().postDataJSON());
    await route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(unclear) });
  });
  await page.goto(`${served.url}/connect#${KEY}`);
  const field = page.getByLabel('Admin API key');
  await field.fill(ADMIN_KEY);
  expect(await page.getByLabel('This key is for').count()).toBe(0);
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByRole('alert').getByText(unclear.title).waitFor();
  expect(await field.inputValue()).toBe(ADMIN_KEY);

  await page.getByLabel('This key is for').selectOption('new');
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect.poll(() => sent).toEqual([{ admin_key: ADMIN_KEY }, { admin_key: ADMIN_KEY, integration_id: 'new' }]);
});

test.concurrent('a key that replaces an integration’s says which', async ({ openPage, served, expect }) => {
  const { page } = await openPage(`${served.url}/integrations#${KEY}`);
  await page.getByRole('link', { name: 'Replace key' }).first().click();
  const choice = page.getByLabel('This key is for');
  await choice.waitFor();
  await expect.poll(() => choice.inputValue()).toBe('openai-one');
});

test.concurrent('while OpenAI is slow, the page watches the attempt, also through an outage', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage('about:blank');
  const status_url = '/v1/integrations/attempts/one';
  const json = (status: number, body: object) => ({
    status,
    contentType: 'application/json',
    body: JSON.stringify(body),
  });
  const outcomes = [
    json(202, { status: 'validating', status_url }),
    json(503, { status: 503, code: 'temporal_unavailable', title: 'Away', detail: 'Retry.' }),
    json(201, { id: 'openai-one', organization: { id: 'org-1', name: 'Slow Ltd' } }),
  ];
  await page.route('**/v1/integrations', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill(json(202, { status: 'validating', status_url }))
      : route.continue(),
  );
  await page.route(`**${status_url}`, (route) => route.fulfill(outcomes.shift() ?? json(500, {})));
  await page.goto(`${served.url}/connect#${KEY}`);
  await page.getByLabel('Admin API key').fill(ADMIN_KEY);
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByText('OpenAI takes its time.').waitFor();
  await page.getByRole('heading', { name: /^One/ }).waitFor();
  expect(outcomes).toEqual([]);
});
