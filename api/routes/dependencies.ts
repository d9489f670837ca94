import type { Client } from '@temporalio/client';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { Sealer } from '#credentials/sealing.ts';

/** What routes work with; `main.ts` makes it once. */
export type Dependencies = {
  warehouse: Warehouse;
  temporal: Client;
  sealer: Sealer;
  /** Where the Temporal UI lists workflows, where that is known. */
  workflowsUrl?: string | undefined;
  /** Aborted when the process is told to stop: what would go on for ever ends then. */
  stopping: AbortSignal;
};
