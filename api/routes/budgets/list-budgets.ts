import { z } from 'zod';
import { listBudgets as readBudgets } from '#clickhouse/budgets/budgets.ts';
import { today } from '#domain/day.ts';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { type BudgetView, budgetView, viewBudget } from './budget-view.ts';

/** Every budget as it stands now, by name. Together they are an answer, so that a poll is one look at the revision. */
export async function viewBudgets(
  context: Pick<Dependencies, 'warehouse' | 'answers'>,
  tenantId: string,
): Promise<BudgetView[]> {
  const budgets = await readBudgets(context.warehouse, tenantId);
  if (budgets.length === 0) return [];
  const answer = await context.answers({
    tenantId,
    question: JSON.stringify(['budgets', budgets, today()]),
    // Each budget is an answer of one state by itself. All of them again would take seconds while data change.
    isOneStatement: true,
    async compute() {
      const views: BudgetView[] = [];
      // One after the other: each is two or three statements where its state is not known yet.
      for (const budget of budgets) views.push(await viewBudget(context, tenantId, budget));
      return Buffer.from(JSON.stringify(views));
    },
  });
  return JSON.parse(String(answer?.bytes));
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
