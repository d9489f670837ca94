import { ApplicationFailure, CancellationScope, isCancellation } from '@temporalio/workflow';
import { ACCESS_PROBLEMS, type IntegrationProblem, isKeyProblem, KEY_PROBLEMS } from '#domain/integration.ts';
import type { SyncReport } from '#domain/sync.ts';
import { failureType } from '../activities/activity-failure.ts';

/** The reads of one sync. A failed read stops no other; a problem with the key cancels all. Collects their failures. */
export function startReads() {
  const scope = new CancellationScope();
  let costSlices = 0;
  const failures: { read: string; type: string; judgesKey: boolean }[] = [];
  const problem = (): IntegrationProblem =>
    [...KEY_PROBLEMS, ...ACCESS_PROBLEMS].find((problem) =>
      failures.some(({ type, judgesKey }) => judgesKey && type === problem),
    ) ?? '';

  return {
    /** Runs steps in the scope of the reads, side by side. */
    run: (...steps: (() => Promise<unknown>)[]) => scope.run(() => Promise.all(steps.map((step) => step()))),

    /**
     * Runs one read, and collects its failure in place of throwing it.
     * @param read how ops and failures name it
     * @param judgesKey whether its failure can mean that the key is no longer good
     */
    async attempt(read: string, { judgesKey }: { judgesKey: boolean }, run: () => Promise<unknown>): Promise<void> {
      try {
        await run();
      } catch (error) {
        if (isCancellation(error) && scope.consideredCancelled) return;
        failures.push({ read, type: failureType(error), judgesKey });
        if (isKeyProblem(problem())) scope.cancel();
      }
    },

    /** Whether the sync, or a problem of the key, has cancelled the reads. */
    isCancelled: () => scope.consideredCancelled,

    problem,

    countCosts(slices: number): void {
      costSlices += slices;
    },

    /** Whether costs failed for other reasons than the key, and none were read. */
    hasNoCosts: () => costSlices === 0 && problem() === '' && failures.some(({ judgesKey }) => judgesKey),

    /** What the sync fails with; undefined where every read succeeded. */
    failure(report: SyncReport): ApplicationFailure | undefined {
      if (failures.length === 0) return undefined;
      if (isKeyProblem(problem())) {
        const message = 'The key can no longer be used. Nothing is lost: connect a new key to continue from here.';
        return ApplicationFailure.nonRetryable(message, problem(), report);
      }
      const missing = failures.map(({ read, type }) => `${read} (${type})`).join(', ');
      return ApplicationFailure.nonRetryable(
        `Not read: ${missing}. The next daily sync reads them.`,
        'days_missing',
        report,
      );
    },
  };
}
