import type { Client } from '@temporalio/client';

const DEADLINE_MS = 2_000;

/** Whether the Temporal server responds now. */
export function isTemporalReachable(temporal: Client): Promise<boolean> {
  return temporal
    .withDeadline(Date.now() + DEADLINE_MS, () => temporal.workflowService.getSystemInfo({}))
    .then(() => true)
    .catch(() => false);
}
