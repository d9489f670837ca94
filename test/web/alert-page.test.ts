import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import { addDays, daysOf } from '#domain/day.ts';
import { billed } from '../fixtures/cost-fixtures.ts';
import { axe, violationsOf } from './axe.ts';
import { test } from './page-test.ts';
import { monthBefore, today, writeTenant } from './serve-costs.ts';

const ROSE = {
  ...{
    project_id: 'a',
    project_name: 'Lab',
    api_key_id: 'k',
    api_key_name: 'ci',
    model: 'gpt-5',
    line_item: 'gpt-5, output',
  },
  ...{ amount: '70', before: '10', change: '60' },
};

test.concurrent('alerts are counted in the header, named beside the month, listed with their history and acknowledged', async ({
  openPage,
  served,
  expect,
}) => {
  const days = daysOf({ from: monthBefore, to: addDays(today, 1) });
  const item = billed('gpt-4o-mini, input', '1', '1000000', 'tokens', { project_id: 'a' });
  await writeTenant(served.database, 'alerted', days, () => [item]);
  const write = (percent: number, title: string, is_quiet = false) =>
    writeAlertEvent(served.database.warehouse, 'alerted', {
      subject: {
        ...{ kind: 'budget', alert_id: `alert-${percent}`, integration_id: '', budget_id: 'budget-1', revision: 1 },
        ...{ from: today, to: addDays(today, 1), of: 'actual', percent },
      },
      facts: {
        ...{ title, text: 'Most of it is project a.', day: addDays(today, -1), filters: {} },
        ...{ amount: '100', spent: '81.5', forecast: '120', currency: 'usd', budget_name: 'Research' },
        causes: {
          compared_with: 'previous_period',
          reasons: [{ reason: 'quantity', change: '60' }],
          contributors: [ROSE],
        },
      },
      ...{ event: 'raised', sequence: 0, at: Date.now(), is_quiet },
    });
  await write(50, 'Research: half is spent', true);
  await write(80, 'Research: 80% is spent');
  const { page, faults } = await openPage(await served.serveTenant('alerted'));
  await page
    .getByRole('region', { name: 'Worth a look' })
    .getByRole('link', { name: 'Research: 80% is spent' })
    .click();
  await page.getByRole('status').getByText('1 alert', { exact: true }).waitFor();
  const link = page.getByRole('navigation').getByRole('link', { name: /^Alerts/ });
  await expect.poll(() => link.textContent()).toBe('Alerts1 open');

  const alert = page.getByRole('article', { name: 'Research: 80% is spent' });
  await alert.getByText('Most of it is project a.').waitFor();
  await alert.getByRole('row', { name: 'gpt-5, output by the key ci in Lab USD 60.00' }).waitFor();
  await alert.getByText('History').click();
  await alert.getByText(/^Raised on .*, at \$81.50 and \$120.00 expected$/).waitFor();
  await page.getByText('Acknowledged', { exact: true }).click();
  await page.getByText('No alert is acknowledged.').waitFor();
  await page.getByText('All', { exact: true }).click();
  await alert.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByText('Open', { exact: true }).click();
  await page.getByText('No alert waits for anybody.').waitFor();
  await expect.poll(() => link.textContent()).toBe('Alerts');

  await page.getByText('All', { exact: true }).click();
  await page.getByRole('status').getByText('2 alerts').waitFor();
  expect(new URL(page.url()).search).toBe('?show=all');
  await alert.getByText('History').click();
  await alert.getByText(/^Acknowledged by .* on /).waitFor();
  expect(await alert.getByRole('button', { name: 'Acknowledge' }).count()).toBe(0);
  await page.getByLabel('Kind').selectOption('anomaly');
  await page.getByText('No alert of this kind.').waitFor();

  await page.getByRole('button', { name: 'Unusual costs' }).click();
  await page.getByLabel('Sensitivity').selectOption('low');
  await page.getByLabel('Minimum').fill('x');
  await page.getByText('Such as 20 or 99.50').waitFor();
  await page.getByLabel('Minimum').fill('99.5');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: 'Unusual costs' }).click();
  await expect.poll(() => page.getByLabel('Minimum').inputValue()).toBe('99.50');
  expect(await page.getByLabel('Sensitivity').inputValue()).toBe('low');

  // What somebody else saves meanwhile is in the form when it is opened again.
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const saved = await fetch(`${new URL(page.url()).origin}/v1/anomaly-settings`, {
    method: 'PUT',
    headers: { authorization: 'Bearer token-of-alerted-tenant', 'content-type': 'application/json' },
    body: JSON.stringify({ sensitivity: 'high', minimum: '7', muted: [] }),
  });
  expect(saved.status).toBe(200);
  await page.getByRole('button', { name: 'Unusual costs' }).click();
  await expect.poll(() => page.getByLabel('Minimum').inputValue()).toBe('7.00');
  expect(await page.getByLabel('Sensitivity').inputValue()).toBe('high');
  expect(faults).toEqual([]);
});

test.concurrent('an alert has an address, and what it is about is muted and told again', async ({
  openPage,
  served,
  expect,
}) => {
  const item = billed('gpt-5, output', '1', '1000000', 'tokens', { project_id: 'a', project_name: 'Lab' });
  await writeTenant(served.database, 'muting', [today], () => [item]);
  const write = (alert_id: string, title: string, filters: Record<string, string[]>) =>
    writeAlertEvent(served.database.warehouse, 'muting', {
      subject: {
        ...{ kind: 'anomaly', alert_id, integration_id: 'openai-muting' },
        ...{ from: addDays(today, -1), to: today },
      },
      facts: {
        ...{ title, text: 'That is more than usual.', day: addDays(today, -1), filters },
        ...{ amount: '10', spent: '70', forecast: null, currency: 'usd', budget_name: '' },
        causes: { compared_with: 'usual', reasons: [{ reason: 'quantity', change: '60' }], contributors: [ROSE] },
      },
      ...{ event: 'raised', sequence: 0, at: Date.now(), is_quiet: false },
    });
  await write('anomaly-lab', 'Project Lab rose', { project_id: ['a'] });
  await write('anomaly-model', 'gpt-5 rose', { model: ['gpt-5'] });
  await write('anomaly-whole', 'The organization rose', {});
  const { origin, hash } = new URL(await served.serveTenant('muting'));
  const { page, faults } = await openPage(`${origin}/alerts?alert=anomaly-lab${hash}`);
  const settings = async (put?: object) => {
    const response = await fetch(`${origin}/v1/anomaly-settings`, {
      method: put ? 'PUT' : 'GET',
      headers: { authorization: 'Bearer token-of-muting-tenant', 'content-type': 'application/json' },
      ...(put && { body: JSON.stringify(put) }),
    });
    return response.json();
  };

  const lab = page.getByRole('article', { name: 'Project Lab rose' });
  await lab.getByRole('row', { name: 'gpt-5, output by the key ci in Lab USD 60.00' }).waitFor();
  await page.getByRole('status').getByText('1 alert', { exact: true }).waitFor();
  const isFocused = (each: Element) => each === each.ownerDocument.activeElement;
  await expect.poll(() => lab.evaluate(isFocused)).toBe(true);

  // What somebody else saves meanwhile is not undone.
  await lab.getByRole('button', { name: 'Mute', exact: true }).waitFor();
  const model = { dimension: 'model', value: 'gpt-5' };
  await settings({ sensitivity: 'high', minimum: '7', muted: [model] });
  await lab.getByRole('button', { name: 'Mute', exact: true }).press('Enter');
  await lab.getByText('No more alerts of unusual costs of project Lab.').waitFor();
  const muted = [model, { dimension: 'project_id', value: 'a' }];
  expect(await settings()).toEqual({ sensitivity: 'high', minimum: '7.00', muted });
  await expect.poll(() => lab.getByRole('button', { name: 'Unmute' }).evaluate(isFocused)).toBe(true);

  // Two changes at once are both made.
  await page.getByRole('link', { name: 'All alerts' }).click();
  await page.getByRole('status').getByText('3 alerts').waitFor();
  const ofModel = page.getByRole('article', { name: 'gpt-5 rose' });
  await ofModel.getByText('No more alerts of unusual costs of model gpt-5.').waitFor();
  await page.getByRole('button', { name: 'Unmute' }).evaluateAll((both) => {
    for (const each of both) (each as HTMLButtonElement).click();
  });
  await expect.poll(async () => (await settings()).muted).toEqual([]);
  await page.getByRole('button', { name: 'Mute', exact: true }).nth(1).waitFor();
  expect(await page.getByRole('article', { name: 'The organization' }).getByRole('button').allTextContents()).toEqual([
    'Acknowledge',
  ]);

  await lab.getByRole('button', { name: 'Mute', exact: true }).click();
  await lab.getByRole('button', { name: 'Unmute' }).waitFor();
  await page.getByRole('button', { name: 'Unusual costs' }).click();
  const dialog = page.getByRole('dialog');
  const list = dialog.getByRole('region', { name: 'Muted' });
  await list.getByText('project Lab', { exact: true }).waitFor();
  expect(faults).toEqual([]);
  await page.evaluate(axe);
  expect(await violationsOf(page)).toEqual([]);
  await dialog.getByLabel('Minimum').fill('33');
  await list.getByRole('button', { name: 'Unmute project Lab' }).press('Enter');
  await list.getByText(/^Nothing/).waitFor();
  await expect.poll(() => list.getByRole('heading').evaluate(isFocused)).toBe(true);
  expect(await dialog.getByLabel('Minimum').inputValue()).toBe('33');
  expect(await settings()).toEqual({ sensitivity: 'high', minimum: '7.00', muted: [] });

  // A token that may not change it has no buttons.
  await settings({ sensitivity: 'high', minimum: '7', muted });
  await page.route('**/v1/overview', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), scopes: ['costs:read'] } });
  });
  await page.goto(`${origin}/alerts?alert=anomaly-lab`);
  await lab.getByText('No more alerts of unusual costs of project Lab.').waitFor();
  await lab.getByRole('button').first().waitFor({ state: 'detached' });
});

test.concurrent('a channel is added, says how a test went, and is deleted', async ({ openPage, served, expect }) => {
  const { page } = await openPage('about:blank');
  // No worker runs here: the receipt is the only response that is not the API’s.
  await page.route('**/v1/channels/*/tests', (route) =>
    route.fulfill({ status: 201, json: { attempted_at: new Date().toISOString(), outcome: 'refused', status: 404 } }),
  );
  const address = new URL(await served.serveTenant('channelled'));
  await page.goto(`${address.origin}/alerts${address.hash}`);
  const section = page.getByRole('region', { name: 'Where alerts are sent' });
  await section.getByText('Nowhere: they are listed here alone.').waitFor();
  await section.getByRole('button', { name: 'Add a channel' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Webhook', { exact: true }).click();
  await dialog.getByLabel('URL').fill('example');
  expect(await dialog.getByLabel('Signing secret').inputValue()).toMatch(/^whsec_.{44}$/);
  await dialog.getByRole('checkbox', { name: 'weekly' }).check();
  await dialog.getByRole('button', { name: 'Add the channel' }).click();
  await dialog.getByRole('alert').getByText('url must be a URL').waitFor();
  await dialog.getByLabel('URL').fill('https://example.com/hook');
  await dialog.getByRole('button', { name: 'Add the channel' }).click();
  await dialog.waitFor({ state: 'detached' });

  const card = section.getByRole('article', { name: 'Webhook' });
  await card.getByText('Gets all alerts; a weekly digest').waitFor();
  await card.getByText('example.com', { exact: true }).waitFor();
  await card.getByRole('button', { name: 'Send a test' }).click();
  await card.getByText('The receiver refused it. It responded with 404.').waitFor();
  await card.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByRole('button', { name: 'Delete the channel' }).click();
  await section.getByText('Nowhere: they are listed here alone.').waitFor();
});
