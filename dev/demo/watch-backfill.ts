import { setTimeout as delay } from 'node:timers/promises';
import type { Progress } from '../cli/progress.ts';
import { UserError } from '../cli/user-error.ts';
import type { ApiClient, Integration } from './api-client.ts';

const POLL_MS = 200;
const STALL_MS = 120_000;

/**
 * Polls the progress of a backfill and shows it, until the integration is connected.
 * @throws UserError with the reason when it ends in another state, or made no progress for two minutes
 */
export async function watchBackfill(
  api: Pick<ApiClient, 'integration'>,
  id: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Integration> {
  let furthest = -1;
  let progressedAt = Date.now();
  try {
    for (;;) {
      const integration = await api.integration(id);
      const { days_done, days_total } = integration.progress;
      progress.show(days_done, days_total);
      if (integration.status === 'connected') return integration;
      if (integration.status !== 'backfilling') throw new UserError(describeFailure(integration));
      if (days_done > furthest) progressedAt = Date.now();
      furthest = Math.max(furthest, days_done);
      if (Date.now() - progressedAt > STALL_MS) {
        throw new UserError(
          `The backfill has stood at ${days_done} of ${days_total} days for ${STALL_MS / 60_000} minutes. ` +
            'Its workflow in the Temporal UI shows what it waits for.',
        );
      }
      await delay(POLL_MS, undefined, { signal });
    }
  } finally {
    progress.end();
  }
}

function describeFailure({ status, problem }: Integration): string {
  const reason = problem ? `${problem.title}. ${problem.detail}` : 'No reason is known.';
  return `The backfill ended, and the integration is ${status}: ${reason}`;
}
