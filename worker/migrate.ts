// Brings the warehouse to the version of this image, then ends: `npm run migrate`.
import { openWarehouse } from '#clickhouse/client/client.ts';
import { migrate } from '#clickhouse/schema/migrate.ts';
import { readEnvironment } from '#environment/parse.ts';
import { migrateEnvironment } from '#environment/processes.ts';
import { createLog } from '#log.ts';
import { runCommand } from './process/run-command.ts';
import { waitFor } from './process/wait-for.ts';

const environment = readEnvironment(migrateEnvironment);
const log = createLog({ name: 'migrate', level: environment.LOG_LEVEL });
const warehouse = openWarehouse({
  url: environment.CLICKHOUSE_URL,
  user: environment.CLICKHOUSE_USER,
  password: environment.CLICKHOUSE_PASSWORD,
  database: environment.CLICKHOUSE_DATABASE,
  application: 'pump-migrate',
});
process.once('SIGINT', () => process.exit(1)).once('SIGTERM', () => process.exit(1));
await runCommand(async () => {
  await waitFor('ClickHouse', requireResponse, log);
  const onWait = () => log.info('waits for another process, which migrates the warehouse');
  const migrations = await migrate(warehouse, { onWait });
  log.info({ migrations }, 'warehouse is up to date');
  await warehouse.close();
  return 0;
});

async function requireResponse(): Promise<void> {
  if (!(await warehouse.ping())) throw new Error('ClickHouse does not respond, or refuses the user');
}
