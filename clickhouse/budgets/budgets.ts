import { z } from 'zod';
import { BUDGET_PERIODS, type Budget } from '#domain/budgets/budget.ts';
import type { Warehouse } from '../client/client.ts';
import { BY_MAJORITY } from '../client/options.ts';

const budget = z.object({
  budget_id: z.string(),
  revision: z.coerce.number(),
  name: z.string(),
  filters: z.record(z.string(), z.array(z.string())),
  period: z.enum(BUDGET_PERIODS),
  amount: z.string(),
  currency: z.string(),
  thresholds: z.array(z.object({ of: z.enum(['actual', 'forecast']), percent: z.number() })),
});

/** A tenant's budgets, or one of them, by name. */
export function listBudgets(warehouse: Warehouse, tenantId: string, budgetId?: string): Promise<Budget[]> {
  return warehouse.query({
    name: 'budgets',
    sql: `SELECT budget_id, revision, name, filters, period, amount, currency, thresholds
          FROM budgets FINAL
          WHERE tenant_id = {tenant_id: String} AND NOT is_deleted
            ${budgetId === undefined ? '' : 'AND budget_id = {budget_id: String}'}
          ORDER BY name, budget_id`,
    params: { tenant_id: tenantId, ...(budgetId !== undefined && { budget_id: budgetId }) },
    row: budget,
  });
}

/** @returns undefined where the tenant has no such budget */
export async function readBudget(warehouse: Warehouse, tenantId: string, id: string): Promise<Budget | undefined> {
  return (await listBudgets(warehouse, tenantId, id))[0];
}

/** Writes a budget's whole state; the latest write wins. */
export async function writeBudget(warehouse: Warehouse, tenantId: string, budget: Budget, is_deleted = false) {
  await warehouse.insert('budgets', [{ tenant_id: tenantId, version: Date.now(), is_deleted, ...budget }], BY_MAJORITY);
}
