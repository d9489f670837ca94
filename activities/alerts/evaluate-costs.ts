import type { IntegrationKey } from '#domain/integration.ts';
import { evaluateAnomalies } from '../anomalies/evaluate-anomalies.ts';
import { evaluateBudgets } from '../budgets/evaluate-budgets.ts';
import type { Dependencies } from '../context/dependencies.ts';

/**
 * Judges what an integration costs, by budgets and by what is usual: one activity, since every sync of a fleet runs it.
 * What fails of one holds up nothing of the other. @returns how many alerts it raised
 */
export async function evaluateCosts(
  context: Pick<Dependencies, 'warehouse' | 'temporal'>,
  key: IntegrationKey,
): Promise<number> {
  const results = await Promise.allSettled([evaluateBudgets(context, key), evaluateAnomalies(context, key)]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return results.reduce((sum, result) => sum + (result.status === 'fulfilled' ? result.value : 0), 0);
}
