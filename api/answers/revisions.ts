import { LRUCache } from 'lru-cache';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { readRevision } from '#clickhouse/revision/data-revision.ts';

/** For so long, a revision is good enough to begin with: what was written since makes the answer newer than it says. */
const KNOWN_MS = 60_000;

export type Revisions = ReturnType<typeof createRevisions>;

/** Looks at the revision of tenants' data. All that wait for one tenant share a look. */
export function createRevisions(warehouse: Warehouse) {
  const last = new LRUCache<string, string>({ max: 10_000, ttl: KNOWN_MS });
  const running = new Map<string, Promise<string>>();
  const next = new Map<string, Promise<string>>();

  function start(tenantId: string): Promise<string> {
    next.delete(tenantId);
    const look = readRevision(warehouse, tenantId).then((revision) => {
      last.set(tenantId, revision);
      return revision;
    });
    const end = () => void running.delete(tenantId);
    look.then(end, end);
    running.set(tenantId, look);
    return look;
  }

  return {
    /** The revision as of now: of a look that begins after this call, since one that runs may have seen less. */
    look(tenantId: string): Promise<string> {
      const current = running.get(tenantId);
      if (!current) return start(tenantId);
      const following = next.get(tenantId) ?? current.catch(() => {}).then(() => start(tenantId));
      next.set(tenantId, following);
      return following;
    },
    /** The revision that a look has found of late; undefined without one. */
    last: (tenantId: string): string | undefined => last.get(tenantId),
  };
}
