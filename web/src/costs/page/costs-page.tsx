import { NativeSelect, SegmentedControl, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { today as currentDay, type DayRange } from '#domain/day.ts';
import { useAlerts } from '../../alerts/use-alerts.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { useJson } from '../../api/use-fetch.ts';
import { distinctName } from '../../integrations/organization-name.ts';
import { isFilling, isStopped, useIntegrations } from '../../integrations/use-integrations.ts';
import { SpendLimits } from '../../limits/spend-limits.tsx';
import { longRange } from '../../ui/format/day.ts';
import layout from '../../ui/layout.module.css';
import { Loading } from '../../ui/loading.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { withMissingDays } from '../data/missing-days.ts';
import { summaryPath } from '../data/paths.ts';
import { useCosts } from '../data/use-costs.ts';
import { MOST_WITH_DAYS, useDays } from '../data/use-days.ts';
import { useDimensions } from '../data/use-dimensions.ts';
import { useNames } from '../data/use-names.ts';
import { FilterChips } from '../filters/filter-chips.tsx';
import { FilterPicker } from '../filters/filter-picker.tsx';
import { RangePicker } from '../filters/range-picker.tsx';
import { useMonthBudgets } from '../month/use-month-budgets.ts';
import { CopyLink } from '../saved-views/copy-link.tsx';
import { SavedViews } from '../saved-views/saved-views.tsx';
import { BackfillNotice } from '../summary/backfill-notice.tsx';
import { CurrencySwitch, isMixed } from '../summary/currency-switch.tsx';
import { ReconciledBadge } from '../summary/reconciled-badge.tsx';
import { StoppedNotice } from '../summary/stopped-notice.tsx';
import { type Dimension, dimensionName } from '../view/dimensions.ts';
import type { Granularity } from '../view/periods.ts';
import { type Comparison, daysOfRange, defaultRange } from '../view/range.ts';
import { granularityOf, selectionOf, useView } from '../view/view.ts';
import styles from './costs-page.module.css';
import { CostsReport } from './costs-report.tsx';
import { NoIntegrations } from './no-integrations.tsx';
import { OrganizationHeading, organizationOf } from './organization-heading.tsx';
import { useFocusFallback } from './use-focus-fallback.ts';

/** One and the same, so that nothing is computed again. */
const NO_ALERTS: readonly AlertView[] = [];

/** What was spent: controls for the view, and the report of its costs. All of it is fetched at once. */
export function CostsPage() {
  const today = currentDay();
  const [view, setView] = useView(today);
  const days = daysOfRange(view.range, today) ?? (daysOfRange(defaultRange(today), today) as DayRange);
  // Asked for first: the API works on four questions of a tenant at once, and the month comes first.
  const summary = useJson<CostsSummary>(summaryPath(selectionOf(view)));
  const { costs: fetched, details, detailsError } = useCosts(view, days, today);
  const { integrations, error: integrationsError } = useIntegrations();
  const names = useNames(view.filters);
  const shown = useMemo(
    () => integrations?.filter(({ id }) => view.integration === undefined || id === view.integration),
    [integrations, view.integration],
  );
  const costs = useMemo(
    () => fetched.data && shown && withMissingDays(fetched.data, shown, today),
    [fetched.data, shown, today],
  );
  const { syncedDays, error: daysError } = useDays(fetched.data ? (shown ?? []).map(({ id }) => id) : [], days);
  const budgets = useMonthBudgets({ view, currency: summary.data?.currency, names, integrations });
  const { alerts = NO_ALERTS } = useAlerts();
  const dimensions = useDimensions(view, days, fetched.data !== undefined);
  const heading = useFocusFallback<HTMLHeadingElement>();
  const organization = integrations?.length ? organizationOf(view, integrations) : '';
  useTitle(organization ? `Costs · ${organization}` : 'Costs');
  const errors = [fetched.error, integrationsError, daysError].filter((error) => error !== undefined);
  const problem = errors.find((error) => !isMixed(error));

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
        {(shown?.length ?? 0) > MOST_WITH_DAYS ? (
          <Text size="sm" c="dimmed">
            Choose one to see whether its days add up to OpenAI’s totals.
          </Text>
        ) : (
          <ReconciledBadge
            days={daysError ? [] : syncedDays}
            range={longRange(days)}
            currency={view.currency === undefined ? (fetched.data?.groups.currency ?? 'usd') : undefined}
            isFiltered={Object.keys(view.filters).length > 0}
            staleSince={shown?.some(isStopped) ? (fetched.data?.groups.synced_through ?? null) : undefined}
          />
        )}
        {(fetched.isLoading || (!integrations && !integrationsError)) && <Loading />}
        {(view.currency !== undefined || [...errors, summary.error, detailsError].some(isMixed)) && (
          <span className={layout.end}>
            <CurrencySwitch
              currency={view.currency}
              onChange={(currency, how) => setView({ ...view, currency }, how)}
            />
          </span>
        )}
      </header>
      <div className={layout.row}>
        <RangePicker range={view.range} days={days} today={today} onChange={(range) => setView({ ...view, range })} />
        <NativeSelect
          size="xs"
          aria-label="Group by"
          value={view.by}
          onChange={({ currentTarget: { value } }) => setView({ ...view, by: value as Dimension })}
          data={dimensions.map((value) => ({ value, label: `By ${dimensionName[value]}` }))}
        />
        <SegmentedControl
          size="xs"
          aria-label="Divided into"
          value={granularityOf(view, days)}
          onChange={(value) => setView({ ...view, granularity: value as Granularity })}
          data={[
            { value: 'day', label: 'Daily' },
            { value: 'week', label: 'Weekly' },
            { value: 'month', label: 'Monthly' },
          ]}
        />
        <NativeSelect
          size="xs"
          aria-label="Compared with"
          value={view.comparison}
          onChange={({ currentTarget: { value } }) => setView({ ...view, comparison: value as Comparison })}
          data={[
            { value: 'period', label: 'vs period before' },
            { value: 'year', label: 'vs year before' },
          ]}
        />
        <FilterPicker view={view} days={days} onChange={setView} />
        <span className={layout.end}>
          <SavedViews today={today} />
          <CopyLink />
        </span>
      </div>
      <FilterChips view={view} names={names} onChange={setView} />
      {shown?.filter(isFilling).map((integration) => (
        <BackfillNotice
          key={integration.id}
          integration={integration}
          name={distinctName(integration, integrations ?? [])}
        />
      ))}
      {shown?.filter(isStopped).map((integration) => (
        <StoppedNotice
          key={integration.id}
          integration={integration}
          name={distinctName(integration, integrations ?? [])}
        />
      ))}
      {problem !== undefined && (
        <ProblemAlert error={problem}>
          {daysError &&
            !syncedDays &&
            'It is not known whether the days add up to OpenAI’s totals, or which were restated.'}
        </ProblemAlert>
      )}
      {costs && shown && integrations && (
        <div
          className={styles.report}
          aria-busy={fetched.isLoading}
          data-stale={fetched.error !== undefined || undefined}
        >
          <CostsReport
            costs={costs}
            details={details}
            detailsError={detailsError}
            summary={summary.data}
            summaryError={summary.error}
            budgets={budgets}
            alerts={alerts}
            organization={organization}
            integrations={shown}
            dimensions={dimensions}
            syncedDays={syncedDays ?? []}
            onView={setView}
          />
        </div>
      )}
      {/* Below the report from the first moment: it would be moved by it. */}
      {costs && integrations && <SpendLimits integrations={integrations} />}
    </main>
  );
}
