import { DAY_MS } from '#domain/day.ts';
import { TOLERANCE } from '#domain/reconciliation.ts';
import { sql } from '../client/sql.ts';

/**
 * SQL of the moment at which a UTC day ends, in unix milliseconds as versions are. A read that began earlier saw only
 * part of the day.
 */
export const endOfDay = (day: string) => `(toUInt64(${day}) + 1) * ${DAY_MS}`;

/** SQL of the day after the last one that an integration should have by now. */
export const DUE_TO = `if(status = 'disconnected', history_to, greatest(history_to, toDate(now('UTC')))) AS due_to`;

/** SQL of the largest difference that rounding explains between a day's facts and OpenAI's own total. */
export const TOLERANCE_SQL = `toDecimal128('${TOLERANCE}', 18)`;

/**
 * SQL of a table (tenant_id, integration_id, day, ours, theirs, settled), which the view reconciliation has too. It
 * reads the sums that are written with each revision of a day: adding up the facts takes as long as everything else.
 * @param where a condition in SQL on tenant, integration and day
 */
export const dayTotals = (where: string) => sql`
  SELECT
    tenant_id, integration_id, day,
    argMax(total, version) AS ours,
    argMax(provider_total, version) AS theirs,
    toBool(max(version) >= ${endOfDay('day')}) AS settled -- read after it had ended
  FROM cost_day_revisions FINAL
  WHERE ${where}
  GROUP BY tenant_id, integration_id, day`;
