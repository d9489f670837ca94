import { setCurrentDetails } from '@temporalio/workflow';
import type { SliceReport } from '#domain/slice.ts';
import type { SyncReport } from '#domain/sync.ts';

/**
 * Counts what the reads of a sync brought, and shows it in the Temporal UI.
 * @param total how many reads the sync has planned
 */
export function trackProgress(total: number) {
  const report: SyncReport = { reads: 0, days: 0, facts: 0, changed: 0 };
  return {
    report,
    count({ days, facts, changed, earliest }: SliceReport) {
      report.reads += 1;
      report.days += days;
      report.facts += facts;
      report.changed += changed;
      // Several slices may say where the history begins: the latest of these days is right.
      if (earliest && earliest > (report.earliest ?? '')) report.earliest = earliest;
      setCurrentDetails(`${report.reads} of ${total} reads · ${report.facts} facts · ${report.changed} days changed`);
    },
  };
}
