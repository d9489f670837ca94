import { z } from 'zod';
import { lateFrom } from '#domain/alerts/daily-events.ts';
import { type IntegrationKey, integrationProblem } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { endOfDay } from '../coverage/day-sql.ts';
import { ofIntegration } from './of-integration.ts';

const troubled = z.object({
  tenant_id: z.string(),
  integration_id: z.string(),
  organization_name: z.string(),
  problem: integrationProblem,
  key_expires_at: z.string().nullable(),
  /** When costs were last read, in unix milliseconds. It stays so while a sync is stopped. */
  last_read: z.coerce.number(),
  /** The end of the newest day that was read after it, or the last connection where that is later; in unix milliseconds. */
  read_until: z.coerce.number(),
  /** How many of all connected integrations get no new days, and how many there are. */
  late: z.coerce.number(),
  connected: z.coerce.number(),
});
export type Troubled = z.infer<typeof troubled>;

/** The integrations of all tenants, or one, that get no new days, for whatever reason, or whose keys expire within a week. */
export function findTroubled(warehouse: Warehouse, now: number, only?: IntegrationKey): Promise<Troubled[]> {
  return warehouse.query({
    name: 'troubled integrations',
    sql: `SELECT tenant_id, integration_id, organization_name, problem, last_read, read_until, late, connected,
            formatDateTime(expires_at, '%Y-%m-%dT%H:%i:%SZ', 'UTC') AS key_expires_at
          FROM (
            SELECT *, countIf(problem = '' AND read_until < {late_from: UInt64}) OVER () AS late, count() OVER () AS connected
            FROM (
              SELECT tenant_id, integration_id, organization_name, problem, key_expires_at AS expires_at, last_read,
                greatest(${endOfDay('last_day')}, toUInt64(toUnixTimestamp64Milli(connected_at)),
                  if(status = 'backfilling', version, 0)) AS read_until
              FROM integration_records FINAL
              LEFT JOIN (
                SELECT tenant_id, integration_id, max(version) AS last_read,
                  maxIf(day, version >= ${endOfDay('day')}) AS last_day
                FROM day_reads
                WHERE dataset = 'costs' ${ofIntegration(only)}
                GROUP BY tenant_id, integration_id) AS reads USING (tenant_id, integration_id)
              WHERE status != 'disconnected' ${ofIntegration(only)}))
          WHERE problem != '' OR expires_at < fromUnixTimestamp64Milli({now: Int64}) + INTERVAL 7 DAY
            OR read_until < {late_from: UInt64}
          ORDER BY tenant_id, integration_id`,
    params: { ...only, now, late_from: lateFrom(now) },
    row: troubled,
  });
}
