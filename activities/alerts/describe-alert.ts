import { ApplicationFailure } from '@temporalio/common';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { AlertFacts, AlertKind, SubjectOf } from '#domain/alerts/alert.ts';
import { describeAnomalyAlert } from '../anomalies/describe-anomaly-alert.ts';
import { describeBudgetAlert } from './describe-budget-alert.ts';
import { describeEvent } from './find-events.ts';

type Describe<K extends AlertKind> = (
  warehouse: Warehouse,
  tenantId: string,
  subject: SubjectOf<K> & { is_quiet: boolean },
) => Promise<AlertFacts | undefined>;

/** How the facts of each kind of alert are read; undefined where what it is about has gone since. */
const DESCRIBE: { readonly [K in AlertKind]: Describe<K> } = {
  budget: describeBudgetAlert,
  sync_stopped: describeEvent,
  key_expires: describeEvent,
  reconciliation: describeEvent,
  unknown_line_items: describeEvent,
  limit: describeEvent,
  anomaly: describeAnomalyAlert,
};

export function describeAlert<K extends AlertKind>(
  warehouse: Warehouse,
  tenantId: string,
  subject: SubjectOf<K> & { is_quiet: boolean },
) {
  const describe = DESCRIBE[subject.kind as K] as Describe<K> | undefined;
  if (!describe) throw ApplicationFailure.nonRetryable(`No alert is of the kind ${subject.kind}.`, 'invalid_input');
  return describe(warehouse, tenantId, subject);
}
