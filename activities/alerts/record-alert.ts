import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { readRaisedAt } from '#clickhouse/alerts/known-alerts.ts';
import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import type { AlertSubject } from '#domain/alerts/alert.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { describeAlert } from './describe-alert.ts';

/** `raised_at`: unix milliseconds, so that a second attempt writes the same event. */
export type AlertToRecord = {
  tenant_id: string;
  is_quiet: boolean;
  raised_at: number;
  was_ended?: true;
} & AlertSubject;

/**
 * Records that an alert is raised, with the facts as they are now: histories hold no money.
 * @returns whether it is to be delivered: not where it was raised before, by a workflow that Temporal has forgotten
 * @throws ApplicationFailure `nothing_to_tell` where what it is about has gone since. The workflow fails with it, so that
 *   its id can be used again: what was restated may come back
 */
export async function recordAlert(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  { tenant_id, is_quiet, raised_at, was_ended, ...subject }: AlertToRecord,
): Promise<boolean> {
  const raisedAt = await readRaisedAt(warehouse, tenant_id, subject.alert_id);
  if (raisedAt !== undefined) return was_ended === true || raisedAt === raised_at;
  const facts = await describeAlert(warehouse, tenant_id, { ...subject, is_quiet });
  if (!facts) {
    throw ApplicationFailure.create({
      type: 'nothing_to_tell',
      message: 'What the alert is about has gone since.',
      nonRetryable: true,
      category: ApplicationFailureCategory.BENIGN,
    });
  }
  const raised = { event: 'raised', sequence: 0, at: raised_at, is_quiet } as const;
  await writeAlertEvent(warehouse, tenant_id, { subject, facts, ...raised });
  return true;
}
