import type { BudgetView } from '#api/routes/budgets/budget-view.ts';
import { addDays, daysOf } from '#domain/day.ts';
import { billed } from '../fixtures/cost-fixtures.ts';
import { test } from './page-test.ts';
import { monthBefore, today, writeTenant } from './serve-costs.ts';

const days = daysOf({ from: monthBefore, to: addDays(today, 1) });
const items = () =>
  ['a', 'b'].map((id) =>
    billed('gpt-4o-mini, input', '1', '1000000', 'tokens', { project_id: id, project_name: `Project ${id}` }),
  );

test.concurrent('a budget of the filtered costs is set in the month’s card, stands in it, is changed and deleted', async ({
  openPage,
  served,
  expect,
}) => {
  await writeTenant(served.database, 'budgets', days, items);
  const { page, faults } = await openPage(await served.serveTenant('budgets', 'project_id=a'));
  const month = page.getByRole('region', { name: 'Month' });
  await month.getByText('None of these costs.').waitFor();
  await month.getByRole('button', { name: 'Set a budget' }).click();
  const dialog = page.getByRole('dialog');
  // The focus is on the amount, the only field that has to be filled.
  await dialog.getByText('Counts: Project: Project a').waitFor();
  await dialog.getByRole('textbox', { name: 'Amount' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.type('1,000x');
  await dialog.getByText('Such as 15000, 15,000 or 99.50').waitFor();
  await page.keyboard.press('Backspace');
  await dialog.getByText('$1,000.00 a month').waitFor();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await month.getByText(/% of \$1,000.00$/).waitFor();
  await month.getByText('On track.').waitFor();

  // A view of other costs has none.
  await page.getByRole('button', { name: /^Remove the filter/ }).click();
  await month.getByText('None of these costs.').waitFor();

  await page.getByRole('link', { name: 'Budgets' }).click();
  const card = page.getByRole('article', { name: 'Project: Project a' });
  await card.getByText('Alerts at 50%, 80%, 100% spent and at 100% expected').waitFor();
  await card.getByRole('button', { name: 'Change' }).click();
  await dialog.getByRole('textbox', { name: 'Amount' }).fill('0.50');
  await dialog.getByRole('combobox', { name: 'Each' }).selectOption('year');
  await dialog.getByRole('textbox', { name: 'Alert at % spent' }).fill('90');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await card.getByText('Exceeded').waitFor();
  await card.getByText('Alerts at 90% spent and at 100% expected').waitFor();
  const { url, fragment } = { url: new URL(page.url()).origin, fragment: 'token-of-budgets-tenant' };
  const stored = await fetch(`${url}/v1/budgets`, { headers: { authorization: `Bearer ${fragment}` } });
  expect(((await stored.json()) as { data: BudgetView[] }).data).toMatchObject([
    { amount: '0.50', currency: 'usd', period: 'year', filters: { project_id: ['a'] } },
  ]);

  await card.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByRole('button', { name: 'Delete the budget' }).click();
  await page.getByText('No budget is set.').waitFor();
  expect(faults).toEqual([]);
});

test.concurrent('of hundreds of budgets, those that need a look are there first', async ({
  openPage,
  served,
  expect,
}) => {
  const address = await served.serveTenant('many-budgets');
  const created = await fetch(new URL('/v1/budgets', address), {
    method: 'POST',
    headers: { authorization: 'Bearer token-of-many-budgets-tenant', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'One of many', amount: '100' }),
  });
  expect(created.status).toBe(201);
  const { page } = await openPage('about:blank');
  await page.route('**/v1/overview', async (route) => {
    const response = await route.fetch();
    const overview = (await response.json()) as { budgets: BudgetView[] };
    const many = Array.from({ length: 300 }, (_, index) => ({
      ...overview.budgets[0],
      ...{ id: `b-${index}`, name: `Budget ${index}`, state: index === 299 ? 'exceeded' : 'on_track' },
    }));
    await route.fulfill({ response, json: { ...overview, budgets: many } });
  });
  await page.goto(address);
  await page.getByRole('link', { name: 'Budgets' }).click();
  await page.getByRole('button', { name: 'Show 50 more' }).click();
  const headings = page.getByRole('article').getByRole('heading');
  await expect.poll(() => headings.count()).toBe(100);
  expect(await headings.first().textContent()).toBe('Budget 299');
});
