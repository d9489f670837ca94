import type { Client } from '@temporalio/client';

const DEADLINE_MS = 2_000;

/**
 * Why Temporal does not serve this namespace now; undefined where it does. Servers answer some calls whoever asks, so this
 * is one that needs rights.
 * @param probe repeats no call: else the deadline would pass before it says why
 */
export function whyTemporalIsAway(probe: Client): Promise<string | undefined> {
  const { workflowService, options } = probe;
  return probe
    .withDeadline(Date.now() + DEADLINE_MS, () => workflowService.describeNamespace({ namespace: options.namespace }))
    .then(
      () => undefined,
      (error: Error) => error.message,
    );
}
