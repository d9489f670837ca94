import { deleteDailySync, ensureDailySync } from './connection/daily-schedule.ts';
import { forgetCredential } from './connection/delete-key.ts';
import { destroyKey, markDisconnected, purge } from './connection/mark-disconnected.ts';
import { recordIntegration } from './connection/record-integration.ts';
import { requestAdmission } from './connection/request-activation.ts';
import { isBackfilling, stopBackfill, stopSyncs } from './connection/stop-syncs.ts';
import { validateKey } from './connection/validate-key.ts';
import type { Dependencies } from './context/dependencies.ts';
import { planSync } from './sync/plan-sync.ts';
import { concludeSync } from './sync/record-outcome.ts';
import { syncCosts } from './sync/sync-costs.ts';
import { syncNames } from './sync/sync-names.ts';
import { syncUsage } from './sync/sync-usage.ts';

export type Activities = ReturnType<typeof createActivities>;

/** Gives every activity what it works with. Arguments and results are ids, days and counts: they stay in histories. */
export function createActivities(dependencies: Dependencies) {
  const bind =
    <I, O>(activity: (dependencies: Dependencies, input: I) => Promise<O>) =>
    (input: I) =>
      activity(dependencies, input);
  return {
    validateKey: bind(validateKey),
    requestAdmission: bind(requestAdmission),
    isBackfilling: bind(isBackfilling),
    stopBackfill: bind(stopBackfill),
    recordIntegration: bind(recordIntegration),
    forgetCredential: bind(forgetCredential),
    ensureDailySync: bind(ensureDailySync),
    deleteDailySync: bind(deleteDailySync),
    markDisconnected: bind(markDisconnected),
    stopSyncs: bind(stopSyncs),
    destroyKey: bind(destroyKey),
    purge: bind(purge),
    planSync: bind(planSync),
    syncCosts: bind(syncCosts),
    syncUsage: bind(syncUsage),
    syncNames: bind(syncNames),
    concludeSync: bind(concludeSync),
  };
}
