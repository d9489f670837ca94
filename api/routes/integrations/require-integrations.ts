import type { Warehouse } from '#clickhouse/client/client.ts';
import type { Freshness } from '#clickhouse/coverage/to-freshness.ts';
import { listIntegrations } from '#clickhouse/integrations/integrations.ts';
import { Problem } from '../../problem/problem.ts';

/** @throws Problem not_found if an id belongs to no integration of the tenant */
export async function requireIntegrations(warehouse: Warehouse, tenantId: string, ids: readonly string[] = []) {
  if (ids.length === 0) return;
  const known = new Set((await listIntegrations(warehouse, tenantId)).map(({ integration_id }) => integration_id));
  if (!ids.every((id) => known.has(id))) throw new Problem('not_found');
}

/** The same, by what a statement has found. */
export function requireFound(
  { integrations_found }: Pick<Freshness, 'integrations_found'>,
  ids: readonly string[] = [],
) {
  if (integrations_found < ids.length) throw new Problem('not_found');
}
