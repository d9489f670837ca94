import { listKnownAlerts } from '#clickhouse/alerts/known-alerts.ts';
import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import { listBudgets } from '#clickhouse/budgets/budgets.ts';
import { readChangedFrom } from '#clickhouse/budgets/read-changed-from.ts';
import { readSpend } from '#clickhouse/budgets/read-spend.ts';
import { decideAlerts, periodsToJudge } from '#domain/budgets/alert.ts';
import { budgetAlertFacts } from '#domain/budgets/alert-facts.ts';
import type { Budget } from '#domain/budgets/budget.ts';
import { evaluateBudget } from '#domain/budgets/evaluate-budget.ts';
import { type Day, type DayRange, today } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { raiseAlert } from '#workflows/contract/commands.ts';
import type { Dependencies } from '../context/dependencies.ts';

type Context = Pick<Dependencies, 'warehouse' | 'temporal'>;

/**
 * Judges the budgets that an integration's costs count in. A threshold that is reached starts its alert's workflow, whose
 * id Temporal gives out once. It can be run again, and by two workers at once. @returns how many alerts it raised
 */
export async function evaluateBudgets(context: Context, key: IntegrationKey): Promise<number> {
  const budgets = (await listBudgets(context.warehouse, key.tenant_id)).filter(
    ({ filters }) => !filters.integration_id || filters.integration_id.includes(key.integration_id),
  );
  if (budgets.length === 0) return 0;
  return evaluate(context, key.tenant_id, budgets, await readChangedFrom(context.warehouse, key));
}

/** Judges one budget, which was created or changed. @returns how many alerts it raised */
export async function judgeBudget(
  context: Context,
  { tenant_id, budget_id }: { tenant_id: string; budget_id: string },
): Promise<number> {
  return evaluate(context, tenant_id, await listBudgets(context.warehouse, tenant_id, budget_id));
}

async function evaluate(context: Context, tenantId: string, budgets: readonly Budget[], changedFrom?: Day) {
  const now = today();
  const judged = budgets.flatMap((budget) =>
    periodsToJudge(budget, now, changedFrom).map((period) => ({ budget, period })),
  );
  const [earliest] = judged.map(({ period }) => period.from).sort();
  if (!earliest) return 0;
  const alerts = await listKnownAlerts(context.warehouse, tenantId, earliest);
  const known = new Map(alerts.map((alert) => [alert.alert_id, alert]));
  let count = 0;
  const failures: unknown[] = [];
  for (const { budget, period } of judged) {
    try {
      count += await judge(context, tenantId, { budget, period, now, known });
    } catch (error) {
      failures.push(error); // it holds up no other budget
    }
  }
  if (failures.length > 0) throw failures[0];
  return count;
}

type Judged = { budget: Budget; period: DayRange; now: Day; known: Parameters<typeof decideAlerts>[2] };

async function judge({ warehouse, temporal }: Context, tenantId: string, { budget, period, now, known }: Judged) {
  const spend = await readSpend(warehouse, tenantId, { budget, period, today: now });
  const evaluation = evaluateBudget(budget, { today: now, period, spend });
  const { raise, note } = decideAlerts(budget, evaluation, known, now);
  for (const { subject, event, events } of note) {
    const facts = budgetAlertFacts(budget, subject, evaluation, now);
    const noted = { event, sequence: events, at: Date.now(), is_quiet: false };
    await writeAlertEvent(warehouse, tenantId, { subject, facts, ...noted });
  }
  for (const alert of raise) await raiseAlert(temporal, { tenant_id: tenantId, ...alert });
  return raise.length;
}
