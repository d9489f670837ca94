import { z } from 'zod';
import { LIMIT_KINDS } from '#domain/spend-limit.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { listedNames } from '../names/listed-names.ts';

const limit = z.object({
  kind: z.enum(LIMIT_KINDS),
  project_id: z.string(),
  project_name: z.string(),
  amount: z.string(),
  currency: z.string(),
  interval: z.string(),
  is_enforcing: z.boolean(),
});

const row = z.object({
  integration_id: z.string(),
  organization_name: z.string(),
  /** Null before the first read, as `is_readable` is. */
  read_on: z.string().nullable(),
  is_readable: z.boolean().nullable(),
  limits: z.array(limit),
});
export type IntegrationLimits = z.infer<typeof row>;

/** The limits of each integration that is not disconnected, as they were last read: hard limits first, then by amount. */
export function readCurrentLimits(
  warehouse: Warehouse,
  tenantId: string,
  integrations?: readonly string[],
): Promise<IntegrationLimits[]> {
  const isSelected = integrations ? 'integration_id IN {integrations: Array(String)}' : 'true';
  return warehouse.query({
    name: 'current limits',
    sql: withSteps(
      {
        names: listedNames('project'),
        newest: sql`
          SELECT integration_id, max(day) AS read_on, argMax(is_readable, day) AS is_readable
          FROM limit_days FINAL
          WHERE tenant_id = {tenant_id: String} AND ${isSelected}
          GROUP BY integration_id`,
        limits: sql`
          SELECT
            integration_id,
            arraySort(
              each -> (each.kind != 'hard_limit', each.amount, each.project_id),
              groupArray(CAST(
                (kind, project_id, names.name, amount, currency, interval, is_enforcing),
                'Tuple(kind String, project_id String, project_name String, amount Decimal(38, 18), currency String, interval String, is_enforcing Bool)'
              ))
            ) AS limits
          FROM spend_limits
          LEFT JOIN names ON names.id = spend_limits.project_id
          WHERE tenant_id = {tenant_id: String} AND is_current AND ${isSelected}
          GROUP BY integration_id`,
      },
      sql`
        SELECT
          integration_id, organization_name,
          if(read_on = toDate(0), NULL, read_on) AS read_on,
          if(newest.read_on = toDate(0), NULL, newest.is_readable) AS is_readable,
          limits
        FROM (
          SELECT integration_id, organization_name FROM integration_records FINAL
          WHERE tenant_id = {tenant_id: String} AND status != 'disconnected' AND ${isSelected}
        ) AS integration
        LEFT JOIN newest USING (integration_id)
        LEFT JOIN limits USING (integration_id)
        ORDER BY organization_name, integration_id`,
    ),
    params: { tenant_id: tenantId, ...(integrations && { integrations }) },
    row,
  });
}

/** The tenants that had a limit in the last week. */
export async function listLimitedTenants(warehouse: Warehouse): Promise<string[]> {
  const rows = await warehouse.query({
    name: 'limited tenants',
    sql: 'SELECT DISTINCT tenant_id FROM limit_days WHERE notEmpty(limits.kind) AND day >= today() - 7 ORDER BY tenant_id',
    row: z.object({ tenant_id: z.string() }),
  });
  return rows.map(({ tenant_id }) => tenant_id);
}
