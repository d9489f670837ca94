import { setCurrentDetails } from '@temporalio/workflow';
import type { SlicesReport } from '#domain/slice.ts';
import type { SyncReport } from '#domain/sync.ts';

/**
 * Counts what the reads of a sync brought, and shows it in the Temporal UI.
 * @param total how many slices the sync has planned
 */
export function trackProgress(total: number) {
  const report: SyncReport = { slices: 0, days: 0, facts: 0, changed: 0 };
  return {
    report,
    /** @param requested how many slices the activity was to read */
    count({ days, facts, changed, earliest, failed }: SlicesReport, requested: number) {
      report.slices += requested - failed.length;
      report.days += days;
      report.facts += facts;
      report.changed += changed;
      // Several slices may say where the history begins: the latest of these days is right.
      if (earliest && earliest > (report.earliest ?? '')) report.earliest = earliest;
      setCurrentDetails(`${report.slices} of ${total} slices · ${report.facts} facts · ${report.changed} days changed`);
    },
  };
}
