import { z } from 'zod';
import { readBudget, writeBudget } from '#clickhouse/budgets/budgets.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { budgetId } from './budget-view.ts';

export const deleteBudget = ({ warehouse }: Dependencies) =>
  route({
    method: 'delete',
    path: '/budgets/:budget_id',
    scope: 'budgets:write',
    operationId: 'deleteBudget',
    summary: 'Deletes a budget; the alerts that it raised stay',
    params: z.object({ budget_id: budgetId }),
    responses: {
      200: {
        description: 'The budget is deleted',
        body: z.object({ id: z.string(), status: z.literal('deleted') }).meta({ id: 'DeletedBudget' }),
      },
    },
    async handle({ tenantId, params: { budget_id } }) {
      const budget = await readBudget(warehouse, tenantId, budget_id);
      if (!budget) throw new Problem('not_found');
      await writeBudget(warehouse, tenantId, budget, true);
      return json(200, { id: budget_id, status: 'deleted' as const });
    },
  });
