import { evaluateCosts } from './alerts/evaluate-costs.ts';
import { raiseEvents } from './alerts/raise-events.ts';
import { recordAlert } from './alerts/record-alert.ts';
import { judgeBudget } from './budgets/evaluate-budgets.ts';
import { deleteDailySchedule, ensureDailySchedule, repairDailySchedule } from './connection/daily-schedule.ts';
import { deleteKey } from './connection/delete-key.ts';
import { isBackfilling } from './connection/is-backfilling.ts';
import { markDisconnected } from './connection/mark-disconnected.ts';
import { probeKey } from './connection/probe-key.ts';
import { finishPurge, purgeIntegration, sweepLateWrites } from './connection/purge-integration.ts';
import { recordIntegration } from './connection/record-integration.ts';
import { requestActivation } from './connection/request-activation.ts';
import { stopBackfill } from './connection/stop-backfill.ts';
import { stopSyncs } from './connection/stop-syncs.ts';
import { validateKey } from './connection/validate-key.ts';
import type { Dependencies } from './context/dependencies.ts';
import { deliver, deliverOnce, resend } from './delivery/deliver.ts';
import { keepReceipt } from './delivery/keep-receipt.ts';
import { listMissed } from './delivery/list-missed.ts';
import { listReceivers } from './delivery/list-receivers.ts';
import { startDigests } from './delivery/start-digests.ts';
import { findLost } from './fleet/find-lost.ts';
import { reconcileIntegrations } from './fleet/reconcile-integrations.ts';
import { planSync } from './sync/plan-sync.ts';
import { recordOutcome } from './sync/record-outcome.ts';
import { syncNames } from './sync/sync-names.ts';
import { syncSlices } from './sync/sync-slices.ts';

export type Activities = ReturnType<typeof createActivities>;

/** Gives each activity its dependencies. Arguments and results are ids, days and counts, because histories keep them. */
export function createActivities(dependencies: Dependencies) {
  const bind =
    <I, O>(activity: (dependencies: Dependencies, input: I) => Promise<O>) =>
    (input: I) =>
      activity(dependencies, input);
  return {
    // A key
    validateKey: bind(validateKey),
    requestActivation: bind(requestActivation),
    deleteKey: bind(deleteKey),
    // An integration
    isBackfilling: bind(isBackfilling),
    stopBackfill: bind(stopBackfill),
    recordIntegration: bind(recordIntegration),
    ensureDailySchedule: bind(ensureDailySchedule),
    markDisconnected: bind(markDisconnected),
    deleteDailySchedule: bind(deleteDailySchedule),
    stopSyncs: bind(stopSyncs),
    purgeIntegration: bind(purgeIntegration),
    finishPurge: bind(finishPurge),
    sweepLateWrites: bind(sweepLateWrites),
    // All integrations
    reconcile: () => reconcileIntegrations(dependencies),
    findLost: bind(findLost),
    repairDailySchedule: bind(repairDailySchedule),
    // A sync
    planSync: bind(planSync),
    probeKey: bind(probeKey),
    syncSlices: bind(syncSlices),
    syncNames: bind(syncNames),
    recordOutcome: bind(recordOutcome),
    // Budgets and alerts
    evaluateCosts: bind(evaluateCosts),
    judgeBudget: bind(judgeBudget),
    recordAlert: bind(recordAlert),
    raiseEvents: bind(raiseEvents),
    // Channels
    listReceivers: bind(listReceivers),
    deliver: bind(deliver),
    keepReceipt: bind(keepReceipt),
    deliverOnce: bind(deliverOnce),
    listMissed: bind(listMissed),
    resend: bind(resend),
    startDigests: bind(startDigests),
  };
}
