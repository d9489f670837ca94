import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { addDays, daysOf } from '#domain/day.ts';
import { billed } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { test } from './page-test.ts';
import { KEY, monthBefore, today, writeTenant } from './serve-costs.ts';

const days = daysOf({ from: monthBefore, to: addDays(today, 1) });

test.concurrent('the dialog to disconnect is in the window, at any card and width', async ({
  openPage,
  served,
  expect,
}) => {
  const names = ['Gap Ltd ', '', 'Personal', 'Personal'];
  const write = (index: number, status: 'connected' | 'backfilling') =>
    writeIntegration(
      served.database.warehouse,
      integration({
        ...{ tenant_id: 'many', integration_id: `openai-many-${index}`, status },
        ...{ organization_id: `org-many-${index}`, organization_name: names[index] ?? '' },
      }),
    );
  for (const index of names.keys()) await write(index, 'connected');
  const address = (await served.serveTenant('many')).replace('/?', '/integrations?');
  const { page } = await openPage(address);
  for (const width of [1440, 390, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    for (const index of names.keys()) {
      const card = page.getByRole('article').nth(index);
      await card.getByRole('button', { name: 'Disconnect' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      const { x = -1, width: w = 0 } = (await dialog.boundingBox()) ?? {};
      expect(Math.abs(x + w / 2 - width / 2)).toBeLessThan(2);
      expect(await dialog.getByRole('button', { name: 'Disconnect' }).isDisabled()).toBe(true);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    }
  }
  const titles = await page.getByRole('heading', { level: 2 }).allTextContents();
  expect(titles).toEqual(['Gap Ltd', 'org-many-1', 'Personal (…many-2)', 'Personal (…many-3)']);

  // Elsewhere, too, it is told which of two equal names is meant.
  await write(3, 'backfilling');
  await page.getByRole('link', { name: 'Costs', exact: true }).click();
  await page.getByText('Personal (…many-3): ').waitFor();
  await page.getByRole('link', { name: 'Watch the backfill' }).click();
  await page.getByRole('heading', { name: 'Personal (…many-3)' }).waitFor();
});

test.concurrent('any currency can be looked at', async ({ openPage, served, expect }) => {
  const item = (currency: string) =>
    billed('gpt-4o-mini, input', '1.5', '1000000', 'tokens', { project_id: 'a', currency });
  await writeTenant(served.database, 'odd', days, () => [item('usdc'), item('credits')]);
  const { page } = await openPage(await served.serveTenant('odd', 'range=7d'));
  await page.getByText('USDC', { exact: true }).click();
  const total = page.getByLabel('Figures').locator('data').first();
  await expect.poll(() => total.textContent()).toBe('10.50 USDC');
  await page.getByText('CREDITS', { exact: true }).click();
  await expect.poll(() => total.textContent()).toBe('10.50 CREDITS');
});

test.concurrent('costs that came in one currency are shown in it, whatever the days before were in, and one without costs can be got out of', async ({
  openPage,
  served,
  expect,
}) => {
  await writeTenant(served.database, 'abroad', days, (day) => [
    billed('gpt-4o-mini, input', '1.5', '1000000', 'tokens', { currency: day === monthBefore ? 'usd' : 'eur' }),
  ]);
  const { page } = await openPage(await served.serveTenant('abroad', 'range=7d'));
  await page
    .getByRole('region', { name: 'Month' })
    .getByText(/so far/)
    .waitFor();
  expect(new URL(page.url()).searchParams.get('currency')).toBe('eur');
  await page.getByText('USD', { exact: true }).click();
  await page.getByText(/^No costs in USD in /).waitFor();
  expect(await page.getByText('OpenAI states no costs').count()).toBe(0);
  await page.getByText('EUR', { exact: true }).click();
  await expect.poll(() => page.getByLabel('Figures').locator('data').first().textContent()).toBe('€10.50');
});

test.concurrent('a filter has its name, also of what has no costs in the range', async ({ openPage, served }) => {
  const query = 'range=2020-01-01..2020-01-05&project_id=a&api_key_id=key_b&user_id=user-b';
  const { page } = await openPage(await served.serveTenant('whole', query));
  for (const name of ['Project: Project a', 'API key: Production key', 'User: Ann'])
    await page.getByRole('button', { name: `Remove the filter ${name}` }).waitFor();
});

test.concurrent('with forced colours, what is chosen has a frame', async ({ openPage, served, expect }) => {
  const { page } = await openPage(`${served.url}/?range=7d#${KEY}`);
  await page.emulateMedia({ forcedColors: 'active' });
  const outline = (name: string) =>
    page
      .getByRole('radiogroup', { name: 'Table' })
      .getByText(name, { exact: true })
      .evaluate((label) => getComputedStyle(label.closest('label') ?? label).outlineStyle);
  await page.getByRole('radiogroup', { name: 'Table' }).waitFor();
  expect([await outline('Project'), await outline('Model')]).toEqual(['solid', 'none']);

  // What says something by its colour alone keeps it.
  await page.getByRole('link', { name: 'Integrations' }).click();
  await page.getByRole('link', { name: 'Coverage' }).click();
  await page.getByRole('figure').waitFor();
  const backgrounds = (await page.locator('[data-state]').all()).map((cell) =>
    cell.evaluate((each) => `${getComputedStyle(each).backgroundColor} ${getComputedStyle(each).backgroundImage}`),
  );
  expect(new Set(await Promise.all(backgrounds)).size).toBeGreaterThan(2);
});
