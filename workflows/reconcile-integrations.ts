import { patched, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import { dailyEventsDue } from '#domain/alerts/daily-events.ts';
import type { Day } from '#domain/day.ts';
import type { Reconciliation } from '#domain/sync.ts';
import { raiseEvents, reconcile, startDigests } from './activities/activity-proxies.ts';

/** Makes what the integrations of all tenants should have be there, and tells what is wrong with them. Runs hourly, and after a restore by hand. */
export async function reconcileIntegrations(): Promise<Reconciliation> {
  const result = await reconcile();
  setCurrentDetails(
    Object.entries(result)
      .map(([what, count]) => `${what}: ${count}`)
      .join(', '),
  );
  // The schedule gives each run the result of the one before.
  const { told_on } = (workflowInfo().lastResult ?? {}) as Partial<Reconciliation>;
  return patched('events') ? { ...result, ...(await tell(new Date(), told_on)) } : result;
}

/** What takes reading the days of all integrations is done once a day. What fails, or was missed, the next run does. */
async function tell(now: Date, toldOn: Day | undefined): Promise<Pick<Reconciliation, 'told_on'>> {
  const due = dailyEventsDue(now, toldOn);
  const told_on = await raiseEvents({ daily: due !== undefined }).then(
    () => due ?? toldOn,
    () => toldOn,
  );
  await startDigests({ now: now.getTime() }).catch(() => {});
  return told_on === undefined ? {} : { told_on };
}
