import { hash, randomUUID } from 'node:crypto';
import { listBudgets, writeBudget } from '#clickhouse/budgets/budgets.ts';
import { isDeleted } from '#clickhouse/writes/is-deleted.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { budgetBody, budgetView, toBudget, viewBudget } from './budget-view.ts';
import { judgeSoon } from './judge-soon.ts';

/** The list shows the state of each, which takes two statements, three where it has filters. */
const MAX_BUDGETS = 50;

export const createBudget = ({ warehouse, answers, temporal }: Dependencies) =>
  route({
    method: 'post',
    path: '/budgets',
    scope: 'budgets:write',
    idempotent: true,
    operationId: 'createBudget',
    summary: 'Creates a budget for each month, quarter or year',
    description:
      'A tenant has at most 50. With the same `idempotency-key`, the budget that was created first is returned.',
    body: budgetBody,
    responses: { 201: { description: 'The budget as it stands now', body: budgetView } },
    problems: ['invalid_json', 'body_too_large', 'too_many_budgets', 'idempotency_key_reused'],
    async handle({ tenantId, body, idempotencyKey }) {
      const budget_id = budgetIdOf(tenantId, idempotencyKey || randomUUID());
      const budgets = await listBudgets(warehouse, tenantId);
      const existing = budgets.find((each) => each.budget_id === budget_id);
      if (!existing && budgets.length >= MAX_BUDGETS) throw new Problem('too_many_budgets');
      // A request that is repeated late must not bring back what was deleted since.
      if (!existing && idempotencyKey && (await isDeleted(warehouse, 'budgets', { tenantId, id: budget_id }))) {
        throw new Problem('idempotency_key_reused');
      }
      const budget = existing ?? { budget_id, revision: Date.now(), ...toBudget(body) };
      if (!existing) await writeBudget(warehouse, tenantId, budget);
      await judgeSoon(temporal, tenantId, budget);
      const location = `/v1/budgets/${budget_id}`;
      return json(201, await viewBudget({ warehouse, answers }, tenantId, budget), { location });
    },
  });

/** The same idempotency key always names the same budget. */
export const budgetIdOf = (tenantId: string, idempotencyKey: string) =>
  `budget-${hash('sha256', JSON.stringify([tenantId, idempotencyKey]), 'hex').slice(0, 16)}`;
