import { setWorkflowOptions, workflowInfo } from '@temporalio/workflow';
import { changeIntegration } from './change-integration.ts';

// Where workers are versioned: the others end within two days, on the build that they began on. Changes of an integration
// may follow each other for long, so what changes this workflow needs `patched`. Without versions, the server refuses it.
setWorkflowOptions(
  () => (workflowInfo().currentDeploymentVersion?.deploymentName ? { versioningBehavior: 'AUTO_UPGRADE' } : {}),
  changeIntegration,
);

export { judgeBudget } from './alerts/judge-budget.ts';
export { raiseAlert } from './alerts/raise-alert.ts';
export { tellEvents } from './alerts/tell-events.ts';
/** What a worker runs. */
export { backfill } from './backfill.ts';
export { changeIntegration } from './change-integration.ts';
export { connectIntegration } from './connect-integration.ts';
export { dailySync } from './daily-sync.ts';
export { sendMissed } from './delivery/send-missed.ts';
export { reconcileIntegrations } from './reconcile-integrations.ts';
export { sendDigest } from './send-digest.ts';
export { sweepPurged } from './sweep-purged.ts';
export { syncRange } from './sync-range.ts';
export { testChannel } from './test-channel.ts';
