import { useMemo } from 'react';
import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { today as currentDay } from '#domain/day.ts';
import { alertsOfView } from '../../alerts/select-alerts.ts';
import { useAlerts } from '../../alerts/use-alerts.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { useJson } from '../../api/use-fetch.ts';
import { staleSince } from '../../integrations/trouble.ts';
import { useIntegrations } from '../../integrations/use-integrations.ts';
import { useLimits } from '../../limits/use-limits.ts';
import { longRange } from '../../ui/format/day.ts';
import layout from '../../ui/layout.module.css';
import { Loading } from '../../ui/loading.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { Changes } from '../changes/changes.tsx';
import { useCompared } from '../comparison/use-compared.ts';
import { useDetails } from '../comparison/use-details.ts';
import { useLastMonths } from '../comparison/use-last-months.ts';
import { distinctColours } from '../data/colours.ts';
import { daysOf } from '../data/first-paths.ts';
import { withMissingDays } from '../data/missing-days.ts';
import { summaryPath } from '../data/paths.ts';
import { restatementsOf } from '../data/restatements.ts';
import { useCosts } from '../data/use-costs.ts';
import { useDimensions } from '../data/use-dimensions.ts';
import { useNames } from '../data/use-names.ts';
import { useReconciliation } from '../data/use-reconciliation.ts';
import { FilterChips } from '../filters/filter-chips.tsx';
import { findingsOf } from '../month/findings-of.ts';
import { MonthPanel } from '../month/month-panel.tsx';
import { Remarks } from '../month/remarks.tsx';
import { useMonthBudgets } from '../month/use-month-budgets.ts';
import { BackfillNotices } from '../summary/backfill-notices.tsx';
import { CurrencySwitch, isMixed } from '../summary/currency-switch.tsx';
import { NotUnderstoodNotice } from '../summary/not-understood-notice.tsx';
import { ReconciledBadge } from '../summary/reconciled-badge.tsx';
import { TroubleNotices } from '../summary/trouble-notices.tsx';
import { useView } from '../view/use-view.ts';
import { narrowTo, selectionOf } from '../view/view.ts';
import styles from './costs-page.module.css';
import { CostsReport } from './costs-report.tsx';
import { NoIntegrations } from './no-integrations.tsx';
import { OrganizationHeading, organizationOf } from './organization-heading.tsx';
import { useFocusFallback } from './use-focus-fallback.ts';
import { ViewControls } from './view-controls.tsx';

/** One and the same, so that nothing is computed again. */
const NO_ALERTS: readonly AlertView[] = [];
const NO_INTEGRATIONS: readonly IntegrationView[] = [];
const NO_RESTATEMENTS = { restatements: [], restated_days: 0 };

/**
 * What was spent: controls for the view, and the report of its costs. All of it is five requests, sent at once: the
 * month, the chart, what explains it, how the days add up, and how all else stands.
 */
export function CostsPage() {
  const today = currentDay();
  const [view, setView] = useView(today);
  const days = daysOf(view, today);
  // Asked for first: the API works on four questions of a tenant at once, and the month comes first.
  const summary = useJson<CostsSummary>(summaryPath(selectionOf(view)), { keepsPrevious: false });
  const fetched = useCosts(view, days);
  const { lines, details, error: detailsError } = useDetails(view, days, today, fetched.data);
  const { integrations, error: integrationsError } = useIntegrations();
  const names = useNames(view.filters);
  const shown = useMemo(
    () => integrations?.filter(({ id }) => view.integration === undefined || id === view.integration),
    [integrations, view.integration],
  );
  const hasAsked = shown !== undefined || integrationsError !== undefined;
  const costs = useMemo(() => {
    // Without any history, there may be no organization at all.
    const isKnown = hasAsked || fetched.data?.groups.history_from;
    return fetched.data && isKnown ? withMissingDays(fetched.data, shown, today) : undefined;
  }, [fetched.data, hasAsked, shown, today]);
  const compared = useCompared(costs, hasAsked ? details : undefined, shown);
  const lastMonths = useLastMonths(view, today, { ...compared, lines }, shown);
  const colours = useMemo(() => distinctColours(costs?.drawn ?? []), [costs]);
  const { reconciled, error: daysError } = useReconciliation(view.integration, days);
  const isFiltered = Object.keys(view.filters).length > 0;
  const restated = useMemo(() => {
    const currency = costs?.groups.currency ?? 'usd';
    return restatementsOf(reconciled ?? NO_RESTATEMENTS, {
      integrations: shown ?? NO_INTEGRATIONS,
      currency,
      isFiltered,
    });
  }, [reconciled, shown, costs, isFiltered]);
  const budgets = useMonthBudgets({ view, currency: summary.data?.currency, names, integrations });
  const { alerts, error: alertsError } = useAlerts();
  const shownAlerts = useMemo(() => alerts && alertsOfView(alerts, view), [alerts, view]);
  const limits = useLimits(view.integration);
  const findings = findingsOf({
    alerts: { data: shownAlerts, error: alertsError },
    summary,
    integrations: { data: shown, error: integrationsError },
    compared,
    comparedError: fetched.error ?? detailsError,
    currency: costs?.groups.currency ?? 'usd',
  });
  const dimensions = useDimensions(view, summary.data);
  const heading = useFocusFallback<HTMLHeadingElement>();
  const organization = integrations?.length ? organizationOf(view, integrations) : '';
  useTitle(organization ? `Costs · ${organization}` : 'Costs');
  const errors = [fetched.error, integrationsError, daysError].filter((error) => error !== undefined);
  const problem = errors.find((error) => !isMixed(error));

  const isStale = costs !== undefined && (fetched.isLoading || fetched.error !== undefined);
  // While another view loads, its summary is not of the costs that are still displayed.
  const isOfCosts = costs && String(selectionOf(costs.view)) === String(selectionOf(view));
  // Before, what stands still would be called reconciled, without a day.
  const isDated = hasAsked && (fetched.data ?? fetched.error) !== undefined;
  const isOfView = JSON.stringify(fetched.data?.view) === JSON.stringify(view);

  if (integrations?.length === 0) return <NoIntegrations />;
  return (
    <main>
      <header className={layout.row}>
        <OrganizationHeading
          ref={heading}
          view={view}
          integrations={integrations}
          onChange={(integration) => setView({ ...view, integration })}
        />
        <ReconciledBadge
          reconciled={daysError ? null : isDated ? reconciled : undefined}
          range={longRange(days)}
          isFiltered={isFiltered}
          staleSince={staleSince(shown, fetched.data?.groups.synced_through ?? null, Date.now())}
        />
        {(fetched.isLoading || (!integrations && !integrationsError)) && <Loading />}
        {(view.currency !== undefined || [...errors, summary.error, detailsError].some(isMixed)) && (
          <span className={layout.end}>
            <CurrencySwitch
              currency={view.currency}
              ofCosts={fetched.error ? null : isOfView ? fetched.data?.groups.currency : undefined}
              onChange={(currency, how) => setView({ ...view, currency }, how)}
            />
          </span>
        )}
      </header>
      <ViewControls view={view} days={days} today={today} dimensions={dimensions} onView={setView} />
      <FilterChips view={view} names={names} onChange={setView} />
      {shown && integrations && (
        <>
          <BackfillNotices integrations={shown} all={integrations} />
          <TroubleNotices integrations={shown} all={integrations} />
        </>
      )}
      {summary.data && <NotUnderstoodNotice summary={summary.data} view={view} onView={setView} />}
      {problem !== undefined && (
        <ProblemAlert error={problem}>
          {daysError &&
            !reconciled &&
            'It is not known whether the days add up to OpenAI’s totals, or which were restated.'}
        </ProblemAlert>
      )}
      <div className={styles.month}>
        <MonthPanel
          summary={summary.data}
          error={summary.error}
          budgets={budgets}
          limits={{ ...limits, integrations: integrations ?? [] }}
        />
        <div className={styles.ofRange} data-stale={isStale || undefined}>
          <Changes
            costs={costs}
            failed={fetched.error !== undefined || detailsError !== undefined}
            compared={compared}
            instead={lastMonths}
            colours={colours}
            onChoose={(value) => setView(narrowTo(view, view.by, value))}
          />
          <Remarks {...findings} />
        </div>
      </div>
      {costs && (
        <div className={styles.report} aria-busy={fetched.isLoading} data-stale={isStale || undefined}>
          <CostsReport
            costs={costs}
            details={details}
            detailsError={detailsError}
            compared={compared}
            summary={isOfCosts ? summary.data : undefined}
            alerts={shownAlerts ?? NO_ALERTS}
            organization={organization || 'your organizations'}
            dimensions={dimensions}
            restated={restated}
            colours={colours}
            onView={setView}
          />
        </div>
      )}
    </main>
  );
}
