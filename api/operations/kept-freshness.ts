import type { Warehouse } from '#clickhouse/client/client.ts';
import { freshnessOfAll, type IntegrationFreshness } from '#clickhouse/coverage/freshness-of-all.ts';
import { readRevisions } from '#clickhouse/revision/data-revision.ts';
import { type Day, today } from '#domain/day.ts';

/** Of more tenants at once, all are read: their ids are in the statement's URL. */
const MANY = 200;
/** Then everything is read again, in case that something changes rows without a new revision. */
const MAX_AGE_MS = 600_000;

type Kept = {
  /** What is due follows from it. */
  day: Day;
  readAt: number;
  revisions: ReadonlyMap<string, string>;
  byTenant: Map<string, IntegrationFreshness[]>;
};

/**
 * Reads the freshness of all integrations; again, that of the tenants alone whose data have a new revision. Of 10,000
 * integrations, a read of all takes a second of CPU.
 */
export function keepFreshness(warehouse: Warehouse): () => Promise<IntegrationFreshness[]> {
  let kept: Kept | undefined;

  return async () => {
    const [day, readAt] = [today(), Date.now()];
    // Before the rows: what is written meanwhile is read again.
    const revisions = await readRevisions(warehouse);
    const current = kept?.day === day && readAt - kept.readAt <= MAX_AGE_MS ? kept : undefined;
    const changed = current && changedSince(current.revisions, revisions);
    if (!changed || changed.length > MANY) {
      const all = await freshnessOfAll(warehouse);
      kept = { day, readAt, revisions, byTenant: Map.groupBy(all, ({ tenant_id }) => tenant_id) };
    } else {
      const read = changed.length > 0 ? await freshnessOfAll(warehouse, changed) : [];
      const found = Map.groupBy(read, ({ tenant_id }) => tenant_id);
      for (const tenant of changed) current.byTenant.set(tenant, found.get(tenant) ?? []);
      kept = { ...current, revisions };
    }
    return [...kept.byTenant.values()].flat();
  };
}

const changedSince = (before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] =>
  [...now].filter(([tenant, revision]) => before.get(tenant) !== revision).map(([tenant]) => tenant);
