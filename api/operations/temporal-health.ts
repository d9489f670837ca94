import type { Client } from '@temporalio/client';

const PATIENCE_MS = 2_000;

/** Whether the Temporal server answers now. */
export function temporalAnswers(temporal: Client): Promise<boolean> {
  return temporal
    .withDeadline(Date.now() + PATIENCE_MS, () => temporal.workflowService.getSystemInfo({}))
    .then(() => true)
    .catch(() => false);
}
