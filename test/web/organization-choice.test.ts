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
