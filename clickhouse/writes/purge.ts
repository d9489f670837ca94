import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { INTEGRATION_TABLES } from './tables.ts';

/** Deletes all rows of one integration of a tenant. It can be run again. */
export async function purgeIntegration(warehouse: Warehouse, key: IntegrationKey): Promise<void> {
  for (const table of INTEGRATION_TABLES) {
    await warehouse.command(
      `purge ${table}`,
      `ALTER TABLE ${table} DELETE
       WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}`,
      key,
    );
  }
}
