import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import { addDays, daysOf } from '#domain/day.ts';
import { billed } from '../fixtures/cost-fixtures.ts';
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
  await alert.getByText('What explains it').click();
  await alert.getByRole('row', { name: 'gpt-5, output by the key ci in Lab USD 60.00' }).waitFor();
  await alert.getByText('History').click();
  await alert.getByText(/^Raised on .*, at \$81.50 and \$120.00 expected$/).waitFor();
  await alert.getByRole('button', { name: 'Acknowledge' }).click();
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
