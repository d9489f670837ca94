import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { recordAlert } from './activities/activity-proxies.ts';
import { checkInput } from './check-input.ts';
import type { AlertToRaise } from './contract/messages.ts';
import { tenantId } from './contract/search-attributes.ts';

/** An alert, which happens once: Temporal starts a workflow of its id once. See docs/adr/0026-an-alert-is-a-workflow-id.md. */
export async function raiseAlert(alert: AlertToRaise): Promise<void> {
  checkInput(alert, ['tenant_id', 'alert_id', 'from', 'to']);
  upsertSearchAttributes([{ key: tenantId, value: alert.tenant_id }]);
  await recordAlert({ ...alert, raised_at: workflowInfo().startTime.getTime() });
}
