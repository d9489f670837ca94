import { z } from 'zod';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { INTEGRATION_TABLES } from './tables.ts';

const AT_ONCE = 500;
const row = z.object({ tenant_id: z.string(), integration_id: z.string() });

/** Those of the integrations that the warehouse has rows of, whether it has a record of them or not. */
export async function withRows(warehouse: Warehouse, keys: readonly IntegrationKey[]): Promise<IntegrationKey[]> {
  const found: IntegrationKey[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const some = keys.slice(from, from + AT_ONCE);
    const params = { tenants: some.map((key) => key.tenant_id), ids: some.map((key) => key.integration_id) };
    const tables = INTEGRATION_TABLES.map(
      (table) => `SELECT tenant_id, integration_id FROM ${table}
         WHERE (tenant_id, integration_id) IN arrayZip({tenants: Array(String)}, {ids: Array(String)})`,
    );
    const sql = `SELECT DISTINCT tenant_id, integration_id FROM (${tables.join(' UNION ALL ')})`;
    found.push(...(await warehouse.query({ name: 'purged with rows', sql, params, row })));
  }
  return found;
}
