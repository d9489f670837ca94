import type { RangeReconciliation } from '#api/routes/reconciliation/get-reconciliation.ts';
import type { DayRange } from '#domain/day.ts';
import { useJson } from '../../api/use-fetch.ts';
import { reconciliationPath } from './paths.ts';

/** How the days of a range stand to OpenAI's own totals, and which of them OpenAI changed. */
export function useReconciliation(integration: string | undefined, days: DayRange) {
  const path = reconciliationPath(days, integration);
  const { data, error } = useJson<RangeReconciliation>(path, { keepsPrevious: false });
  return { reconciled: data, error };
}
