import type { Warehouse } from '#clickhouse/client/client.ts';
import { requestScope } from '#clickhouse/client/request-scope.ts';
import { readRevision } from '#clickhouse/coverage/revision.ts';
import { takeTurns } from './semaphore.ts';

type Question<T> = {
  tenantId: string;
  /** Aborted where the asker leaves: the warehouse stops, since what follows from the data is of no use to anybody else. */
  gone: AbortSignal;
  /** Whether the asker names an answer that he has: then nothing is summed before it is known whether that is still so. */
  namesAnswer: boolean;
  /** Is told the state of the data. @returns whether the asker has the answer of it */
  isFresh: (revision: string) => boolean;
  answer: (revision: string) => Promise<T>;
};

/**
 * Makes answers that follow from a tenant's data, and says which state of the data they are of. That is mostly the one
 * of the request before: so the answer is begun as of that one while the state is looked at, and where it is another
 * one, what was begun is stopped and begun anew. No answer is older than the state that it is said to be of.
 * @returns a function that answers undefined where the asker has the answer already
 */
export function answersAtRevisions(warehouse: Warehouse) {
  const take = takeTurns({ atOnce: 4, inLine: 60 });
  const lastOf = new Map<string, string>();
  async function look(tenantId: string) {
    const revision = await readRevision(warehouse, tenantId);
    lastOf.set(tenantId, revision);
    return revision;
  }

  async function answerMeanwhile<T>({ tenantId, gone, isFresh, answer }: Question<T>): Promise<T> {
    const last = lastOf.get(tenantId);
    const outdated = new AbortController();
    const until = AbortSignal.any([gone, outdated.signal]);
    const begun = last === undefined ? undefined : requestScope.run(until, () => answer(last));
    begun?.catch(() => {}); // it is looked at below, or of no interest any more
    try {
      const revision = await look(tenantId);
      isFresh(revision);
      if (begun && revision === last) return await begun;
      outdated.abort();
      return await requestScope.run(gone, () => answer(revision));
    } finally {
      outdated.abort();
    }
  }

  return async function answerAtRevision<T>(question: Question<T>): Promise<T | undefined> {
    const { tenantId, gone, namesAnswer, isFresh, answer } = question;
    const revision = namesAnswer ? await look(tenantId) : undefined;
    if (revision !== undefined && isFresh(revision)) return undefined;
    const endTurn = await take(tenantId, gone);
    try {
      if (revision === undefined) return await answerMeanwhile(question);
      return await requestScope.run(gone, () => answer(revision));
    } finally {
      endTurn();
    }
  };
}
