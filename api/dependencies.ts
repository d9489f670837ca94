import type { Client } from '@temporalio/client';
import type { Warehouse } from '../clickhouse/client.ts';
import type { Sealer } from '../clickhouse/sealing.ts';

/** What routes work with; `main.ts` makes it once. */
export type Dependencies = {
  warehouse: Warehouse;
  temporal: Client;
  sealer: Sealer;
  /** Aborted when the process is told to stop: what would go on for ever ends then. */
  stopping: AbortSignal;
};
