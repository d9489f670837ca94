import { z } from 'zod';
import { readBudget } from '#clickhouse/budgets/budgets.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { budgetId, budgetView, viewBudget } from './budget-view.ts';

export const getBudget = ({ warehouse, answers }: Dependencies) =>
  route({
    method: 'get',
    path: '/budgets/:budget_id',
    scope: 'costs:read',
    operationId: 'getBudget',
    summary: 'Gets one budget with its state',
    params: z.object({ budget_id: budgetId }),
    responses: { 200: { description: 'The budget as it stands now', body: budgetView } },
    async handle({ tenantId, params: { budget_id } }) {
      const budget = await readBudget(warehouse, tenantId, budget_id);
      if (!budget) throw new Problem('not_found');
      return json(200, await viewBudget({ warehouse, answers }, tenantId, budget));
    },
  });
