import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { Sealer } from '#credentials/sealing.ts';
import type { Answers } from '../answers/answers.ts';

/** What routes work with. `main.ts` creates it once. */
export type Dependencies = {
  warehouse: Warehouse;
  /** Keeps what was read of the warehouse, by tenant and revision. */
  answers: Answers;
  temporal: Client;
  sealer: Sealer;
  /** Where the Temporal UI lists workflows, if that is configured. */
  workflowsUrl?: string | undefined;
  /** Whether webhooks may be on private addresses, and without TLS. */
  allowPrivateChannels: boolean;
  /** Aborted when the process is asked to stop. Endless responses end then. */
  stopping: AbortSignal;
  log: Logger;
};
