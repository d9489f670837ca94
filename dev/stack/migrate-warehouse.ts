import { openWarehouse } from '#clickhouse/client/client.ts';
import { migrate } from '#clickhouse/schema/migrate.ts';
import type { Secrets } from './data-directory/secrets.ts';
import { clickhouseUrl, type LaptopSettings } from './settings.ts';

/** Brings the stack's warehouse to this version; in production, a command of its own does so. */
export async function migrateWarehouse(settings: LaptopSettings, secrets: Secrets): Promise<void> {
  const warehouse = openWarehouse({
    url: clickhouseUrl(settings),
    user: settings.CLICKHOUSE_USER,
    password: secrets.CLICKHOUSE_PASSWORD,
    database: settings.CLICKHOUSE_DATABASE,
    application: 'pump-migrate',
  });
  try {
    // Into an engine of the stack's own, nobody else writes.
    await migrate(warehouse, settings.CLICKHOUSE_URL ? {} : { untilInserted: async () => {} });
  } finally {
    await warehouse.close();
  }
}
