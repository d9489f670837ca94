import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { readBudget, writeBudget } from '#clickhouse/budgets/budgets.ts';
import type { Budget } from '#domain/budgets/budget.ts';
import { compareDecimals } from '#domain/decimal.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { budgetBody, budgetId, budgetView, toBudget, viewBudget } from './budget-view.ts';
import { judgeSoon } from './judge-soon.ts';

export const updateBudget = ({ warehouse, answers, temporal }: Dependencies) =>
  route({
    method: 'put',
    path: '/budgets/:budget_id',
    scope: 'budgets:write',
    operationId: 'updateBudget',
    summary: 'Updates a budget, as a whole',
    description: 'A budget starts anew when anything but its name changes: its alerts are raised again.',
    params: z.object({ budget_id: budgetId }),
    body: budgetBody,
    responses: { 200: { description: 'The budget as it stands now', body: budgetView } },
    async handle({ tenantId, params: { budget_id }, body }) {
      const before = await readBudget(warehouse, tenantId, budget_id);
      if (!before) throw new Problem('not_found');
      const given = toBudget(body);
      const revision = countsTheSame(before, given) ? before.revision : Date.now();
      const budget = { budget_id, revision, ...given };
      await writeBudget(warehouse, tenantId, budget);
      await judgeSoon(temporal, tenantId, budget);
      return json(200, await viewBudget({ warehouse, answers }, tenantId, budget));
    },
  });

/** The order in which values and thresholds are given says nothing. */
function countsTheSame(a: Budget, b: Omit<Budget, 'budget_id' | 'revision'>): boolean {
  const compared = ({ filters, period, currency, thresholds }: typeof b) => ({
    filters: Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, new Set(values)])),
    thresholds: new Set(thresholds.map(({ of, percent }) => `${of} ${percent}`)),
    ...{ period, currency },
  });
  return compareDecimals(a.amount, b.amount) === 0 && isDeepStrictEqual(compared(a), compared(b));
}
