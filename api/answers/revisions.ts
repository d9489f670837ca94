import type { Warehouse } from '#clickhouse/client/client.ts';
import { readRevision } from '#clickhouse/coverage/data-revision.ts';

export type Revisions = ReturnType<typeof createRevisions>;

/** Looks at the revision of tenants' data. All that wait for one tenant share a look. */
export function createRevisions(warehouse: Warehouse) {
  // Kept for the life of the process: a few hundred bytes for each tenant that has called.
  const last = new Map<string, string>();
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
    /** The revision that the last look has found; undefined before the first one. */
    last: (tenantId: string): string | undefined => last.get(tenantId),
  };
}
