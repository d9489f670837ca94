import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

/** Every table that holds something of an integration; the integration itself last. */
const tables = [
  'cost_days',
  'usage_days',
  'day_reads',
  'cost_day_revisions',
  'name_records',
  'integration_records',
] as const;

/** Erases all that a tenant has of one integration. Done again, it finds nothing. */
export async function purgeIntegration(warehouse: Warehouse, key: IntegrationKey): Promise<void> {
  for (const table of tables) {
    await warehouse.command(
      `purge ${table}`,
      `ALTER TABLE ${table} DELETE
       WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}`,
      key,
    );
  }
}
