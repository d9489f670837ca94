import { z } from 'zod';
import type { Day } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { sql } from '../client/sql.ts';

/**
 * The projects of an integration in whose facts since a UTC day a key without a name occurs, in order of ids. Older
 * versions of a day are searched as well: a project too many costs one request.
 */
export async function projectsWithUnnamedKeys(
  warehouse: Warehouse,
  key: IntegrationKey,
  since: Day,
): Promise<string[]> {
  const keysOf = (table: string) => sql`
    SELECT arrayJoin(arrayDistinct(arrayZip(items.project_id, items.api_key_id))) AS used
    FROM ${table}
    WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}
      AND day >= {since: Date}`;
  const rows = await warehouse.query({
    name: 'projects with unnamed keys',
    sql: sql`
      SELECT DISTINCT used.1 AS project_id
      FROM (${keysOf('cost_days')} UNION ALL ${keysOf('usage_days')})
      WHERE used.1 != '' AND used.2 != '' AND used.2 NOT IN
      (
        SELECT id FROM name_records
        WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}
          AND kind = 'api_key' AND name != ''
      )
      ORDER BY project_id`,
    params: { tenant_id: key.tenant_id, integration_id: key.integration_id, since },
    row: z.object({ project_id: z.string() }),
  });
  return rows.map(({ project_id }) => project_id);
}
