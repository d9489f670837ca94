import { expect, test } from 'vitest';
import { auditedPath } from '#api/http/audited-path.ts';

test.each([
  ['budget-1a', '/v1/budgets/budget-1a'],
  ['disk-1', '/v1/budgets/disk-1'],
  ['sk-admin-1', '/v1/budgets/:budget_id'],
  ['x-SK-1', '/v1/budgets/:budget_id'],
  ['a b', '/v1/budgets/:budget_id'],
  ['', '/v1/budgets/:budget_id'],
  ['x'.repeat(101), '/v1/budgets/:budget_id'],
])('of the budget %o, the path that is kept is %s', (budget_id, audited) => {
  expect(auditedPath('/budgets/:budget_id', { budget_id })).toBe(audited);
});
