// The container's health check: does Temporal see this container's worker ask for work? Exit code 0 when it does.
import { hostname } from 'node:os';
import { Connection } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import { readEnvironment, workerEnvironment } from '../environment.ts';
import { TASK_QUEUE } from '../workflows/ids.ts';

const WORKFLOW_QUEUE = 1; // temporal.api.enums.v1.TaskQueueType
/** A poll that finds no work ends after a minute, and the next one begins. */
const RECENTLY_MS = 75_000;

const environment = readEnvironment(workerEnvironment);
const connection = await Connection.connect({ address: environment.TEMPORAL_ADDRESS });
const { pollers } = await connection.workflowService.describeTaskQueue({
  namespace: environment.TEMPORAL_NAMESPACE,
  taskQueue: { name: TASK_QUEUE },
  taskQueueType: WORKFLOW_QUEUE,
});
await connection.close();

// A worker's identity is its pid@hostname; in a container the hostname is the container's own.
const polls = pollers?.some(
  ({ identity, lastAccessTime }) =>
    identity?.endsWith(`@${hostname()}`) && Date.now() - (optionalTsToMs(lastAccessTime) ?? 0) < RECENTLY_MS,
);
process.stdout.write(
  polls ? 'The worker polls.\n' : 'Temporal has not heard from this container’s worker for a while.\n',
);
process.exit(polls ? 0 : 1);
