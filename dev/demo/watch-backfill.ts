import { setTimeout as delay } from 'node:timers/promises';
import type { Progress } from '../cli/progress.ts';
import { Problem } from '../cli/user-error.ts';
import type { ApiClient, Integration } from './api-client.ts';

const POLL_MS = 200;
const PATIENCE_MS = 120_000;

/**
 * Asks how far a backfill is until it is over, and shows it.
 * @throws Problem with the reason when it ended otherwise than connected, or stood still for two minutes
 */
export async function watchBackfill(
  api: Pick<ApiClient, 'integration'>,
  id: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Integration> {
  let furthest = -1;
  let movedAt = Date.now();
  try {
    for (;;) {
      const integration = await api.integration(id);
      const { days_done, days_total } = integration.progress;
      progress.show(days_done, days_total);
      if (integration.status === 'connected') return integration;
      if (integration.status !== 'backfilling') throw new Problem(whyNot(integration));
      if (days_done > furthest) movedAt = Date.now();
      furthest = Math.max(furthest, days_done);
      if (Date.now() - movedAt > PATIENCE_MS) {
        throw new Problem(
          `The backfill has stood at ${days_done} of ${days_total} days for ${PATIENCE_MS / 60_000} minutes.`,
        );
      }
      await delay(POLL_MS, undefined, { signal });
    }
  } finally {
    progress.end();
  }
}

function whyNot({ status, problem }: Integration): string {
  const reason = problem ? `${problem.title}. ${problem.detail}` : 'No reason is known.';
  return `The backfill ended, and the integration is ${status}: ${reason}`;
}
