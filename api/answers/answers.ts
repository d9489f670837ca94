import { LRUCache } from 'lru-cache';
import { today } from '#domain/day.ts';
import type { Revisions } from './revisions.ts';

/** Bytes of answers that are kept, of all tenants together. */
const MAX_BYTES = 64 * 1024 * 1024;
/** An answer is dropped after this time, in case that something changes rows without a new revision. */
const MAX_AGE_MS = 600_000;
/** How often a question is computed where the data change meanwhile. */
const ATTEMPTS = 2;

/** What a request for this path and query asks. Ranges end today unless they say otherwise. */
export const questionOf = (url: string) => JSON.stringify([url, today()]);

type Question = {
  tenantId: string;
  /** Tells the questions of a tenant apart. */
  question: string;
  compute: (revision: string) => Promise<Buffer>;
  /** Whether one statement computes it, which is of one state whatever changes meanwhile. */
  isOneStatement: boolean;
  /** Whether it goes beside an answer of the same revision, and so has to be of the one that it says. */
  isPage?: boolean;
  /** Whether the caller has the answer of a revision already. */
  isKnown?: (revision: string) => boolean;
};

/** The bytes of an answer, and the revision of the data that they belong to. */
export type Answer = { revision: string; bytes: Buffer };

export type Answers = ReturnType<typeof createAnswers>;

/**
 * Answers questions about a tenant's data, each of one state of them: one statement is, and several are where the
 * revision is the same before and after them; where it differs, they are computed again, unless that did not help the
 * time before: a backfill changes the data all the while. An answer is kept, and given again after a look at the
 * revision. It is never older than its revision; that of one statement may be newer, so it needs no look of its own: what
 * was written since the last one makes a revision that it is not given at.
 */
export function createAnswers(revisions: Revisions) {
  const computing = new Map<string, Promise<Answer>>();
  /** The tenants whose data changed until the end when several statements were computed last. */
  const changing = new Set<string>();
  const kept = new LRUCache<string, Answer>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ bytes }, key) => bytes.length + 2 * key.length + 500, // what the cache itself takes
    ttl: MAX_AGE_MS,
  });

  async function computeAt({ tenantId, compute, isOneStatement, isPage }: Question, key: string): Promise<Answer> {
    const look = () => revisions.look(tenantId);
    const attempts = isOneStatement || (changing.has(tenantId) && !isPage) ? 1 : ATTEMPTS;
    let revision = revisions.last(tenantId) ?? (await look());
    for (let attempt = 1; ; attempt += 1) {
      const answer = { revision, bytes: await compute(revision) };
      const after = isOneStatement ? revision : await look();
      if (after === revision) {
        kept.set(key, answer);
        if (!isOneStatement) changing.delete(tenantId);
      } else if (attempt === attempts) changing.add(tenantId);
      // Data that keep changing: the answer is not older than its revision, and belongs to no other question.
      if (after === revision || attempt === attempts) return answer;
      revision = after;
    }
  }

  /** @returns undefined where the caller has the answer already */
  return async function answer(question: Question): Promise<Answer | undefined> {
    const { tenantId, isKnown } = question;
    const key = JSON.stringify([tenantId, question.question]);
    for (let hasWaited = false; ; hasWaited = true) {
      if (isKnown || kept.has(key)) {
        const revision = await revisions.look(tenantId);
        if (isKnown?.(revision)) return undefined;
        const found = kept.get(key);
        if (found?.revision === revision) return found;
      }
      const running = computing.get(key);
      // One that fails or is not kept is waited for once: its caller may just have disconnected.
      if (!running || hasWaited) break;
      await running.catch(() => {});
    }
    const computed = computeAt(question, key);
    computing.set(key, computed);
    try {
      return await computed;
    } finally {
      if (computing.get(key) === computed) computing.delete(key);
    }
  };
}
