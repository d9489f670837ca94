import type { WarehouseOptions } from '#clickhouse/client/options.ts';

type Environment = Record<'CLICKHOUSE_URL' | 'CLICKHOUSE_USER' | 'CLICKHOUSE_PASSWORD' | 'CLICKHOUSE_DATABASE', string>;

/** How the worker and its commands connect to the warehouse. */
export const warehouseOptions = (environment: Environment): WarehouseOptions => ({
  url: environment.CLICKHOUSE_URL,
  user: environment.CLICKHOUSE_USER,
  password: environment.CLICKHOUSE_PASSWORD,
  database: environment.CLICKHOUSE_DATABASE,
  application: 'pump-worker',
});
