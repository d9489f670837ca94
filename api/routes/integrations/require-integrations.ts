import type { Warehouse } from '#clickhouse/client/client.ts';
import { listIntegrations } from '#clickhouse/integrations/integrations.ts';
import { Problem } from '../../problem/problem.ts';

/** @throws Problem not_found if an id belongs to no integration of the tenant */
export async function requireIntegrations(warehouse: Warehouse, tenantId: string, ids: readonly string[] = []) {
  if (ids.length === 0) return;
  const known = new Set((await listIntegrations(warehouse, tenantId)).map(({ integration_id }) => integration_id));
  if (!ids.every((id) => known.has(id))) throw new Problem('not_found');
}
