import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';

/** How many Admin keys, and secrets of channels, of all tenants are sealed to each sealing key. */
export function countKeys(warehouse: Warehouse): Promise<{ key_id: string; keys: number }[]> {
  return warehouse.query({
    name: 'keys by sealing key',
    sql: `SELECT key_id, count() AS keys
          FROM (SELECT key_id FROM credentials FINAL UNION ALL SELECT key_id FROM channel_secrets FINAL WHERE key_id != '')
          GROUP BY key_id ORDER BY key_id`,
    row: z.object({ key_id: z.string(), keys: z.coerce.number() }),
  });
}
