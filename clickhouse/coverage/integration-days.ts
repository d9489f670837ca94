import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { DUE_TO, TOLERANCE_SQL } from './day-sql.ts';

const TIMESTAMP_FORMAT = `'%Y-%m-%dT%H:%i:%SZ', 'UTC'`;

export const integrationDay = z
  .object({
    day: z.iso.date(),
    synced_at: z.iso.datetime().nullable().meta({ description: 'When its latest read began; null: never read' }),
    complete: z.boolean().meta({ description: 'Whether it was read after it had ended' }),
    facts: z.int(),
    ours: z.string().nullable().meta({
      description: 'The sum of its facts; null: never read, which is not 0, or in several currencies',
    }),
    theirs: z.string().nullable().meta({ description: 'OpenAI’s own total' }),
    difference: z.string().nullable(),
    agrees: z.boolean().nullable().meta({
      description: 'Whether it adds up in each currency; null if no state is stored that was read after its end',
    }),
    settled: z.boolean().meta({ description: 'Whether the stored state was read after the day had ended' }),
    restated_at: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When a read last found that it had changed after its end; null: never' }),
    restated_from: z.string().nullable().meta({
      description: 'The sum of its facts before that change; null: never restated, or in several currencies',
    }),
    revisions: z.int().meta({ description: 'How many different states of it were read' }),
  })
  .meta({ id: 'IntegrationDay' });
export type IntegrationDay = z.infer<typeof integrationDay>;

/** The days of a range that belong to an integration's history, in order, each with its reads, sums and revisions. */
export function readDays(warehouse: Warehouse, key: IntegrationKey, { from, to }: DayRange): Promise<IntegrationDay[]> {
  const isOfIntegration = 'tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}';
  const isInRange = `${isOfIntegration} AND day >= {from: Date} AND day < {to: Date}`;
  return warehouse.query({
    name: 'days',
    sql: `WITH
            read AS (SELECT day, synced_at, items, complete FROM coverage WHERE ${isOfIntegration} AND dataset = 'costs'),
            history AS (
              SELECT
                greatest({from: Date}, if((SELECT count() FROM read) = 0, history_from,
                  least(history_from, (SELECT min(day) FROM read)))) AS first,
                least({to: Date}, greatest(due_to, (SELECT max(day) FROM read) + 1)) AS end
              FROM (SELECT history_from, ${DUE_TO} FROM integration_records FINAL WHERE ${isOfIntegration})),
            days AS (
              SELECT first + arrayJoin(range(toUInt64(greatest(0, dateDiff('day', first, end))))) AS day FROM history),
            totals AS (
              SELECT day, any(settled) AS settled, true AS is_stored, count() AS currencies,
                toBool(max(abs(difference)) <= ${TOLERANCE_SQL}) AS adds_up,
                any(reconciliation.ours) AS our_sum, any(reconciliation.theirs) AS their_sum
              FROM reconciliation
              WHERE ${isInRange}
              GROUP BY day),
            changes AS (
              SELECT day, count() AS changes, maxIf(restated_at, was_complete) AS last_restated_at,
                argMaxIf(old_total, restated_at, was_complete) AS last_old_total
              FROM restatements
              -- Nearly all days have one revision, so no change: they are skipped.
              WHERE ${isInRange} AND day IN (SELECT day FROM revisions WHERE ${isInRange} GROUP BY day HAVING count() > 1)
              GROUP BY day)
          SELECT day,
            if(toUnixTimestamp(read.synced_at) = 0, NULL, formatDateTime(read.synced_at, ${TIMESTAMP_FORMAT})) AS synced_at,
            toBool(read.complete) AS complete, read.items AS facts,
            if(totals.currencies = 1, our_sum, NULL) AS ours,
            if(totals.currencies = 1, their_sum, NULL) AS theirs,
            ours - theirs AS difference,
            if(totals.settled, adds_up, NULL) AS agrees,
            toBool(totals.settled) AS settled,
            if(toUnixTimestamp(last_restated_at) = 0, NULL, formatDateTime(last_restated_at, ${TIMESTAMP_FORMAT})) AS restated_at,
            if(toUnixTimestamp(last_restated_at) = 0 OR totals.currencies != 1, NULL, last_old_total) AS restated_from,
            toUInt32(is_stored + changes.changes) AS revisions
          FROM days
          LEFT JOIN read USING (day) LEFT JOIN totals USING (day) LEFT JOIN changes USING (day)
          ORDER BY day`,
    params: { ...key, from, to },
    row: integrationDay,
  });
}
