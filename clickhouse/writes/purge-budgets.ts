import { z } from 'zod';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import type { Deletion } from './delete-once.ts';

/**
 * The budgets that count one integration alone, deleted ones too, and what was raised by them. Those that count others
 * as well stay. A budget goes as a whole: an older row of it would count again.
 */
export async function budgetDeletions(
  warehouse: Warehouse,
  { tenant_id, integration_id }: IntegrationKey,
): Promise<Deletion[]> {
  const budgets = await warehouse.query({
    name: 'budgets to purge',
    sql: `SELECT budget_id FROM budgets FINAL
          WHERE tenant_id = {tenant_id: String} AND filters['integration_id'] = [{integration_id: String}]`,
    params: { tenant_id, integration_id },
    row: z.object({ budget_id: z.string() }),
  });
  const params = { tenant_id, integration_id, budget_ids: budgets.map(({ budget_id }) => budget_id) };
  const alerts = {
    name: 'alert_events of budgets',
    table: 'alert_events',
    where: `tenant_id = {tenant_id: String} AND kind = 'budget'
       AND (budget_id IN {budget_ids: Array(String)} OR filters['integration_id'] = [{integration_id: String}])`,
    params,
  };
  if (budgets.length === 0) return [alerts];
  const where = 'tenant_id = {tenant_id: String} AND budget_id IN {budget_ids: Array(String)}';
  return [alerts, { name: 'budgets', table: 'budgets', where, params }];
}
