import type { WarehouseOptions } from '#clickhouse/client/options.ts';
import type { readEnvironment, workerEnvironment } from '#environment.ts';

type Environment = ReturnType<typeof readEnvironment<typeof workerEnvironment>>;

/** How the worker and its commands connect to the warehouse. */
export const warehouseOptions = (environment: Environment): WarehouseOptions => ({
  url: environment.CLICKHOUSE_URL,
  user: environment.CLICKHOUSE_USER,
  password: environment.CLICKHOUSE_PASSWORD,
  database: environment.CLICKHOUSE_DATABASE,
  application: 'pump-worker',
});
