import type { Warehouse } from '#clickhouse/client/client.ts';
import { requestScope } from '#clickhouse/client/request-scope.ts';
import { readRevision } from '#clickhouse/coverage/data-revision.ts';
import { tenantSemaphore } from './tenant-semaphore.ts';

type Computation<T> = {
  tenantId: string;
  /** Ends the queries of `compute` in the warehouse too. */
  signal: AbortSignal;
  /** Whether the request has If-None-Match. Then the revision is read first, since there may be nothing to compute. */
  isConditional: boolean;
  /** Receives the data's revision. @returns whether the caller has the response for it already */
  matchesEtag: (revision: string) => boolean;
  compute: (revision: string) => Promise<T>;
};

export type AtRevision = ReturnType<typeof createAtRevision>;

/**
 * Computes results together with the data revision they belong to. It starts at the last known revision while the
 * current one is being read; if they differ, it aborts and computes again. A result is never older than its revision.
 * @returns a function that resolves to undefined if the caller has the result already
 */
export function createAtRevision(warehouse: Warehouse) {
  const acquire = tenantSemaphore({ concurrency: 4, queueLimit: 60 });
  const lastRevisions = new Map<string, string>();

  async function currentRevision(tenantId: string) {
    const revision = await readRevision(warehouse, tenantId);
    lastRevisions.set(tenantId, revision);
    return revision;
  }

  async function computeMeanwhile<T>({ tenantId, signal, matchesEtag, compute }: Computation<T>): Promise<T> {
    const last = lastRevisions.get(tenantId);
    const outdated = new AbortController();
    const either = AbortSignal.any([signal, outdated.signal]);
    const started = last === undefined ? undefined : requestScope.run(either, () => compute(last));
    started?.catch(() => {}); // it is awaited below, or no longer of interest
    try {
      const revision = await currentRevision(tenantId);
      matchesEtag(revision);
      if (started && revision === last) return await started;
      outdated.abort();
      return await requestScope.run(signal, () => compute(revision));
    } finally {
      outdated.abort();
    }
  }

  return async function atRevision<T>(computation: Computation<T>): Promise<T | undefined> {
    const { tenantId, signal, isConditional, matchesEtag, compute } = computation;
    const revision = isConditional ? await currentRevision(tenantId) : undefined;
    if (revision !== undefined && matchesEtag(revision)) return undefined;
    const release = await acquire(tenantId, signal);
    try {
      if (revision === undefined) return await computeMeanwhile(computation);
      return await requestScope.run(signal, () => compute(revision));
    } finally {
      release();
    }
  };
}
