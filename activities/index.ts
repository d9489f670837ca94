import { concludeSync } from './conclude-sync.ts';
import { deleteDailySync, ensureDailySync } from './daily-schedule.ts';
import type { Dependencies } from './dependencies.ts';
import { destroyKey, markDisconnected, purge } from './disconnect.ts';
import { forgetCredential } from './forget-credential.ts';
import { planSync } from './plan-sync.ts';
import { recordIntegration } from './record-integration.ts';
import { requestAdmission } from './request-admission.ts';
import { isBackfilling, stopBackfill, stopSyncs } from './stop-syncs.ts';
import { syncCosts } from './sync-costs.ts';
import { syncNames } from './sync-names.ts';
import { syncUsage } from './sync-usage.ts';
import { validateKey } from './validate-key.ts';

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
