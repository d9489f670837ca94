import { JUDGED_DAYS } from '#domain/anomalies/ranges.ts';
import { DAY_MS, type DayRange } from '#domain/day.ts';
import { endOfDay } from '../coverage/day-sql.ts';

/** So long ago a sync changed what is judged: the syncs since then may have failed to judge it. */
const LATELY_MS = JUDGED_DAYS * DAY_MS;

const IS_COMPLETE = `version >= ${endOfDay('day')}`;

/**
 * SQL of the days of a range, in order, whose costs a sync lately found to be others than it had read before, or could not
 * read for longer than days are judged. What was over when the organization was connected is its history, and is not judged.
 */
export const CHANGED_DAYS = `WITH (SELECT min(version) FROM cost_day_revisions
      WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}) AS connected
  SELECT day
  FROM cost_day_revisions
  WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}
    AND day >= {changed_from: Date} AND day < {changed_to: Date}
  GROUP BY day
  HAVING max(version) >= {since: UInt64} AND (
    uniqExactIf(total, ${IS_COMPLETE}) > 1
    OR (minIf(version, ${IS_COMPLETE}) >= ${endOfDay('day')} + {judged_ms: UInt64} AND connected < ${endOfDay('day')}))
  ORDER BY day`;

export const changedDaysParams = ({ from, to }: DayRange) => ({
  changed_from: from,
  changed_to: to,
  since: Date.now() - LATELY_MS,
  judged_ms: JUDGED_DAYS * DAY_MS,
});
