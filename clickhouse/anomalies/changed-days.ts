import { z } from 'zod';
import { JUDGED_DAYS } from '#domain/anomalies/ranges.ts';
import { DAY_MS, type Day, type DayRange } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { endOfDay } from '../coverage/day-sql.ts';

/** So long ago a sync changed what is judged: the syncs since then may have failed to judge it. */
const LATELY_MS = JUDGED_DAYS * DAY_MS;

/**
 * The days of a range, in order, whose costs a sync lately found to be others than it had read before, or could not read
 * for longer than days are judged. What was over when the organization was connected is its history, and is not judged.
 */
export async function readChangedDays(
  warehouse: Warehouse,
  { tenant_id, integration_id }: IntegrationKey,
  { from, to }: DayRange,
): Promise<Day[]> {
  const isComplete = `version >= ${endOfDay('day')}`;
  const rows = await warehouse.query({
    name: 'changed days',
    sql: `WITH (SELECT min(version) FROM cost_day_revisions
                WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}) AS connected
          SELECT day
          FROM cost_day_revisions
          WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}
            AND day >= {from: Date} AND day < {to: Date}
          GROUP BY day
          HAVING max(version) >= {since: UInt64} AND (
            uniqExactIf(total, ${isComplete}) > 1
            OR (minIf(version, ${isComplete}) >= ${endOfDay('day')} + {judged_ms: UInt64} AND connected < ${endOfDay('day')}))
          ORDER BY day`,
    params: { tenant_id, integration_id, from, to, since: Date.now() - LATELY_MS, judged_ms: JUDGED_DAYS * DAY_MS },
    row: z.object({ day: z.string() }),
  });
  return rows.map(({ day }) => day);
}
