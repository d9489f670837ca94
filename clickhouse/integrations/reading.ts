import { z } from 'zod';
import type { SealedKey } from '#credentials/sealing.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';
import { COLUMNS, type Integration, record } from './integrations.ts';

/** What a read of an integration's days begins with. */
export type Reading = {
  integration: Integration;
  /** Undefined where the key was deleted. */
  sealedKey: SealedKey | undefined;
  /** The warehouse's clock in unix milliseconds: the versions of all workers are of this one clock. */
  now: number;
};

const row = record.extend({
  key_id: z.string(),
  encapsulation: z.string(),
  ciphertext: z.string(),
  now: z.coerce.number(),
});

/** The integration as it is now, its sealed key and the warehouse's clock, in one statement. */
export async function readReading(warehouse: Warehouse, key: IntegrationKey): Promise<Reading | undefined> {
  const [found] = await warehouse.query({
    name: 'integration and key',
    sql: `SELECT ${COLUMNS}, key_id, encapsulation, ciphertext, toUnixTimestamp64Milli(now64(3)) AS now
          FROM (SELECT * FROM integration_records FINAL
                WHERE tenant_id = {tenant_id: String} AND integration_id = {integration_id: String}) AS integration_records
          LEFT JOIN (SELECT credential_id, key_id, encapsulation, ciphertext FROM credentials FINAL
                     WHERE tenant_id = {tenant_id: String}) AS sealed USING (credential_id)`,
    params: key,
    row,
  });
  if (!found) return undefined;
  const { key_id, encapsulation, ciphertext, now, ...integration } = found;
  return { integration, sealedKey: key_id ? { key_id, encapsulation, ciphertext } : undefined, now };
}
