import { z } from 'zod';
import { listBudgets as readBudgets } from '#clickhouse/budgets/budgets.ts';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { type BudgetView, budgetView, viewBudget } from './budget-view.ts';

/** Every budget as it stands now, by name. */
export async function viewBudgets(
  context: Pick<Dependencies, 'warehouse' | 'answers'>,
  tenantId: string,
): Promise<BudgetView[]> {
  const data: BudgetView[] = [];
  // One after the other: each is two or three statements where its state is not known yet.
  for (const budget of await readBudgets(context.warehouse, tenantId)) {
    data.push(await viewBudget(context, tenantId, budget));
  }
  return data;
}

export const listBudgets = (dependencies: Dependencies) =>
  route({
    method: 'get',
    path: '/budgets',
    scope: 'costs:read',
    operationId: 'listBudgets',
    summary: 'Lists budgets with their state, by name',
    responses: {
      200: {
        description: 'Every budget as it stands now',
        body: z.object({ data: z.array(budgetView) }).meta({ id: 'Budgets' }),
      },
    },
    async handle({ tenantId }) {
      return json(200, { data: await viewBudgets(dependencies, tenantId) });
    },
  });
