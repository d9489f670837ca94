import { addDays, type Day, monthStart } from '#domain/day.ts';
import type { LimitCosts } from '#domain/limits/limit-outlook.ts';
import type { Warehouse } from '../client/client.ts';
import { type LimitScope, readLimitedCosts } from './limited-costs.ts';
import { readSpentByProject, spentOf } from './spent-by-project.ts';

/** What the organizations and projects of limits cost this month, and in the past year: two statements for all of them. */
export async function readLimitCosts(
  warehouse: Warehouse,
  tenantId: string,
  { today, integrations }: { today: Day; integrations: readonly string[] },
): Promise<(scope: LimitScope) => LimitCosts> {
  const to = addDays(today, 1);
  const [spent, daysOf] = await Promise.all([
    readSpentByProject(warehouse, tenantId, { range: { from: monthStart(today), to }, integrations }),
    readLimitedCosts(warehouse, tenantId, { to, integrations }),
  ]);
  return (scope) => ({ today, spent: spentOf(spent, scope), days: daysOf(scope) });
}
