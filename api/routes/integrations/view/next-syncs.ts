import type { Client } from '@temporalio/client';
import { LRUCache } from 'lru-cache';
import type { IntegrationKey } from '#domain/integration.ts';
import { dailySyncId } from '#workflows/contract/ids.ts';

/** Temporal is asked this often for a tenant's schedules, which run daily. */
const MAX_AGE_MS = 5_000;
/** An answer is more use without the next syncs than late. */
const DEADLINE_MS = 1_000;

export type NextSyncs = ReadonlyMap<string, string>;

/**
 * When the daily schedules of a tenant run next, by the ids of the schedules, of one list that requests share. Those
 * that are paused or not created yet are absent; all are, where Temporal does not respond.
 */
export function shareNextSyncs(temporal: Client): (tenantId: string) => Promise<NextSyncs> {
  const lists = new LRUCache<string, Promise<NextSyncs>>({ max: 1_000, ttl: MAX_AGE_MS });
  return (tenantId) => {
    const list = lists.get(tenantId) ?? listNextSyncs(temporal, tenantId).catch(() => new Map());
    if (!lists.has(tenantId)) lists.set(tenantId, list);
    return list;
  };
}

/** When the daily schedule of one integration runs next; null where it is paused, not created, or Temporal is silent. */
export async function nextSyncOf(temporal: Client, key: IntegrationKey): Promise<string | null> {
  const schedule = temporal.schedule.getHandle(dailySyncId(key));
  const described = temporal.withDeadline(Date.now() + DEADLINE_MS, () => schedule.describe());
  return described.then(({ state, info }) => nextOf(state, info)).catch(() => null);
}

function listNextSyncs(temporal: Client, tenantId: string): Promise<NextSyncs> {
  const prefix = dailySyncId({ tenant_id: tenantId, integration_id: '' });
  return temporal.withDeadline(Date.now() + DEADLINE_MS, async () => {
    const found = new Map<string, string>();
    const query = `ScheduleId STARTS_WITH ${JSON.stringify(prefix)}`;
    for await (const { scheduleId, state, info } of temporal.schedule.list({ pageSize: 1_000, query })) {
      const next = nextOf(state, info);
      if (next) found.set(scheduleId, next);
    }
    return found;
  });
}

const nextOf = ({ paused }: { paused: boolean }, { nextActionTimes: [next] }: { nextActionTimes: Date[] }) =>
  paused ? null : (next?.toISOString() ?? null);
