import { dayEnd } from './day-end.ts';

/**
 * In SQL, what the view reconciliation says of days: a table (tenant_id, integration_id, day, ours, theirs, settled).
 * From the sums that are written with each revision of a day: to add up the facts again takes as long as all the rest.
 * @param where a condition in SQL on tenant, integration and day
 */
export const dayTotals = (where: string) => `
  SELECT tenant_id, integration_id, day, argMax(total, version) AS ours, argMax(provider_total, version) AS theirs,
    toBool(max(version) >= ${dayEnd('day')}) AS settled -- read after it had ended
  FROM cost_day_revisions FINAL
  WHERE ${where}
  GROUP BY tenant_id, integration_id, day`;
