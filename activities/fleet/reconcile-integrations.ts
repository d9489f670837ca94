import { listUnusedChannelSecrets } from '#clickhouse/channels/channel-secrets.ts';
import { deleteSealed, deleteUnusedCredential } from '#clickhouse/integrations/credentials.ts';
import {
  type ListedIntegration,
  listLiveIntegrations,
  listUnusedCredentials,
} from '#clickhouse/integrations/list-all.ts';
import { withRows } from '#clickhouse/writes/with-rows.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Reconciliation } from '#domain/sync.ts';
import { requestChange, sweepAgain } from '#workflows/contract/commands.ts';
import { backfillId, changeId, connectId, dailySyncId, integrationOf } from '#workflows/contract/ids.ts';
import { disconnect, type Repair, repair } from '#workflows/contract/messages.ts';
import { noteOf } from '../connection/daily-schedule.ts';
import { isRunning } from '../connection/running-workflows.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { listWorkflowIds } from '../context/list-workflow-ids.ts';
import { mapConcurrently } from '../context/map-concurrently.ts';
import { lastChange } from './last-change.ts';
import { listLostSweeps } from './list-lost-sweeps.ts';
import { listPurged } from './list-purged.ts';
import { listDailySchedules } from './list-schedules.ts';

const CONCURRENCY = 8;
/** A key is stored before it is checked: a younger one may belong to an attempt that is about to start. */
const UNUSED_HOURS = 24;

/**
 * Compares the warehouse's integrations with what Temporal has, and requests a repair where something is missing: a daily
 * schedule with today's settings, a backfill for what is backfilling. Deletes what is back of those who were purged, finishes
 * purges whose sweep was ended, and deletes keys that nothing uses, and the secrets of channels that are gone.
 */
export async function reconcileIntegrations(dependencies: Dependencies): Promise<Reconciliation> {
  const { warehouse, temporal } = dependencies;
  const live = await listLiveIntegrations(warehouse);
  const schedules = await listDailySchedules(temporal);
  const backfills = await listWorkflowIds(temporal, `WorkflowType = 'backfill' AND ExecutionStatus = 'Running'`);
  // All lists before any request: what fails is done again, and would count no request of the first time.
  const back = await withRows(warehouse, await listPurged(temporal));
  const lostSweeps = await listLostSweeps(temporal);
  const note = noteOf(dependencies);
  const restored = new Set<string>();
  const result = {
    checked: live.length,
    repaired: 0,
    disconnected: 0,
    purged: 0,
    schedules_deleted: 0,
    keys_deleted: 0,
  };

  await mapConcurrently(live, CONCURRENCY, async (integration) => {
    const schedule = schedules.get(dailySyncId(integration));
    if (!schedule) return restore(integration);
    // A schedule that an operator has paused is left as it is.
    const isOutdated = !schedule.isPaused && schedule.note !== note;
    const isBackfillLost = integration.status === 'backfilling' && !backfills.has(backfillId(integration, integration));
    if (isBackfillLost) await requestRepair(integration, 'no backfill');
    else if (isOutdated) await requestRepair(integration, 'old settings');
  });
  const known = new Set(live.map(dailySyncId));
  const orphans = [...schedules.keys()].filter((id) => !known.has(id));
  await mapConcurrently(orphans, CONCURRENCY, async (id) => {
    const orphan = integrationOf(id);
    const was_purged = (await lastChange(temporal, changeId(orphan))) === 'purged';
    await requestChange(temporal, orphan, repair, { because: 'orphan', was_purged });
    result.schedules_deleted += 1;
  });
  // Those that `restore` found go the same way, and run already.
  await mapConcurrently(back, CONCURRENCY, async (purged) => {
    if ((await lastChange(temporal, changeId(purged))) !== 'purged' || restored.has(changeId(purged))) return;
    await requestChange(temporal, purged, disconnect, { purge: true });
    result.purged += 1;
  });
  for (const purge of lostSweeps) {
    await sweepAgain(temporal, purge);
    result.purged += 1;
  }
  for (const credential of await listUnusedCredentials(warehouse, UNUSED_HOURS)) {
    if (await isRunning(temporal, connectId(credential))) continue;
    await deleteUnusedCredential(warehouse, credential, credential.version);
    result.keys_deleted += 1;
  }
  for (const secret of await listUnusedChannelSecrets(warehouse)) {
    await deleteSealed(warehouse, 'channel_secrets', secret, secret.version);
  }
  return result;

  /** An integration without a schedule lost it, or is back from a backup that is older than its disconnection. */
  async function restore(integration: ListedIntegration) {
    const last = await lastChange(temporal, changeId(integration));
    if (last === 'running') return;
    if (last !== 'disconnected' && last !== 'purged') return requestRepair(integration, 'no schedule');
    await requestChange(temporal, integration, disconnect, { purge: last === 'purged' });
    restored.add(changeId(integration));
    result[last] += 1;
  }

  async function requestRepair(integration: IntegrationKey, because: Repair['because']) {
    await requestChange(temporal, integration, repair, { because });
    result.repaired += 1;
  }
}
