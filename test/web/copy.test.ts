import { addDays } from '#domain/day.ts';
import { test } from './page-test.ts';
import { KEY, spent, today } from './serve-costs.ts';

test.concurrent('what is copied has every digit: of one figure, and of a table for a spreadsheet', async ({
  openPage,
  served,
  expect,
}) => {
  const { page } = await openPage(`${served.url}/?range=30d&by=project_id#${KEY}`);
  const row = page.getByRole('table', { name: 'Costs by project' }).getByRole('row').filter({ hasText: 'Project a' });
  const copy = (selector: string) =>
    row.evaluate(async (row, selector) => {
      document.getSelection()?.selectAllChildren(selector === '' ? row : (row.querySelector(selector) as Element));
      document.execCommand('copy');
      return navigator.clipboard.readText();
    }, selector);
  await row.locator('data').first().waitFor();
  const exact = spent(addDays(today, -29), addDays(today, 1), ({ project_id }) => project_id === 'a');
  expect(exact.length).toBeGreaterThan('101.50'.length);
  expect(await copy('data')).toBe(exact);
  const cells = (await copy('')).split('\t').map((cell) => cell.trim());
  expect(cells[0]).toBe('Project a');
  expect(cells).toContain(exact);
});
