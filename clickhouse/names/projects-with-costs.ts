import { z } from 'zod';
import type { Day } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

/** The projects of an integration that cost something since a UTC day, in order of ids. */
export async function projectsWithCosts(
  warehouse: Warehouse,
  { tenant_id, integration_id }: IntegrationKey,
  since: Day,
): Promise<string[]> {
  const rows = await warehouse.query({
    name: 'projects with costs',
    sql: `SELECT DISTINCT arrayJoin(items.project_id) AS project_id
          FROM cost_days FINAL
          WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}
            AND day >= {since: Date} AND project_id != ''
          ORDER BY project_id`,
    params: { tenant_id, integration_id, since },
    row: z.object({ project_id: z.string() }),
  });
  return rows.map(({ project_id }) => project_id);
}
