import type { Client } from '@temporalio/client';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { Sealer } from '#credentials/sealing.ts';

/** What routes work with. `main.ts` creates it once. */
export type Dependencies = {
  warehouse: Warehouse;
  temporal: Client;
  sealer: Sealer;
  /** Where the Temporal UI lists workflows, if that is configured. */
  workflowsUrl?: string | undefined;
  /** Aborted when the process is asked to stop. Endless responses end then. */
  stopping: AbortSignal;
};
