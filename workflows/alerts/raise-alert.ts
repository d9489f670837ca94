import { patched, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { listReceivers, recordAlert } from '../activities/activity-proxies.ts';
import type { AlertToRaise } from '../contract/messages.ts';
import { tenantId } from '../contract/search-attributes.ts';
import { deliverToAll } from '../delivery/deliver-to-all.ts';
import { checkInput } from '../input/check-input.ts';

/**
 * An alert, which happens once: Temporal starts a workflow of its id once. See docs/adr/0026-an-alert-is-a-workflow-id.md.
 * It is recorded, and then delivered, unless a worse one stands for it.
 */
export async function raiseAlert(alert: AlertToRaise): Promise<void> {
  checkInput(alert, ['tenant_id', 'alert_id', 'from', 'to']);
  upsertSearchAttributes([{ key: tenantId, value: alert.tenant_id }]);
  const isRecorded = await recordAlert({ ...alert, raised_at: workflowInfo().startTime.getTime() });
  if (!isRecorded || alert.is_quiet || !patched('channels')) return;
  const { tenant_id, alert_id, is_quiet: _, was_ended: __, ...subject } = alert;
  const receivers = await listReceivers({ tenant_id, alert_id, ...subject });
  await deliverToAll(tenant_id, receivers, { of: 'alert', id: alert_id });
}
