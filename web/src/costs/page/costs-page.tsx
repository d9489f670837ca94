import { SegmentedControl, Title } from '@mantine/core';
import { useMemo } from 'react';
import { today as currentDay, type DayRange } from '#domain/day.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { isFilling, isStopped, useIntegrations } from '../../integrations/use-integrations.ts';
import { SpendLimits } from '../../limits/spend-limits.tsx';
import { longRange } from '../../ui/format/day.ts';
import layout from '../../ui/layout.module.css';
import { Loading } from '../../ui/loading.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { withMissingDays } from '../data/missing-days.ts';
import { useCosts, useNamesAndColours } from '../data/use-costs.ts';
import { useDays } from '../data/use-days.ts';
import { FilterChips } from '../filters/filter-chips.tsx';
import { FilterPicker } from '../filters/filter-picker.tsx';
import { RangePicker } from '../filters/range-picker.tsx';
import { BackfillNotice } from '../summary/backfill-notice.tsx';
import { CurrencySwitch, isMixed } from '../summary/currency-switch.tsx';
import { ReconciledBadge } from '../summary/reconciled-badge.tsx';
import { StoppedNotice } from '../summary/stopped-notice.tsx';
import { type Dimension, dimensionName, dimensions } from '../view/dimensions.ts';
import { daysOfRange, defaultRange } from '../view/range.ts';
import { selectionOf, useView } from '../view/view.ts';
import styles from './costs-page.module.css';
import { CostsReport } from './costs-report.tsx';
import { NoIntegrations } from './no-integrations.tsx';
import { useFocusFallback } from './use-focus-fallback.ts';

/** What was spent: controls for the view, and the report of its costs. */
export function CostsPage() {
  useTitle('Costs');
  const today = currentDay();
  const [view, setView] = useView(today);
  const days = daysOfRange(view.range, today) ?? (daysOfRange(defaultRange, today) as DayRange);
  const { data: fetched, error: costsError, isLoading } = useCosts(view, days);
  const { names, colours } = useNamesAndColours(view);
  const { integrations, error: integrationsError } = useIntegrations();
  const costs = useMemo(
    () => fetched && integrations && withMissingDays(fetched, integrations, today),
    [fetched, integrations, today],
  );
  const { syncedDays, error: daysError } = useDays(fetched ? (integrations ?? []).map(({ id }) => id) : [], days);
  const heading = useFocusFallback<HTMLHeadingElement>();
  const errors = [costsError, integrationsError, daysError].filter((error) => error !== undefined);
  const problem = errors.find((error) => !isMixed(error));

  if (integrations?.length === 0) return <NoIntegrations />;
  return (
    <main>
      <header className={layout.row}>
        <Title order={1} size="h3" ref={heading} tabIndex={-1}>
          Costs
        </Title>
        <ReconciledBadge
          days={syncedDays ?? []}
          range={longRange(days)}
          currency={view.currency === undefined ? (fetched?.groups.currency ?? 'usd') : undefined}
          isFiltered={selectionOf(view).length > 0}
        />
        {(isLoading || (!integrations && !integrationsError)) && <Loading />}
        {(view.currency !== undefined || errors.some(isMixed)) && (
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
        <SegmentedControl
          size="xs"
          aria-label="Stacked by"
          value={view.by}
          onChange={(by) => setView({ ...view, by: by as Dimension })}
          data={dimensions.map((value) => ({ value, label: dimensionName[value] }))}
        />
        <FilterPicker view={view} days={days} onChange={setView} />
      </div>
      <FilterChips view={view} names={names} onChange={setView} />
      {integrations?.filter(isFilling).map((integration) => (
        <BackfillNotice key={integration.id} integration={integration} />
      ))}
      {integrations?.filter(isStopped).map((integration) => (
        <StoppedNotice key={integration.id} integration={integration} />
      ))}
      {problem !== undefined && (
        <ProblemAlert error={problem}>
          {daysError &&
            !syncedDays &&
            'It is not known whether the days add up to OpenAI’s totals, or which were restated.'}
        </ProblemAlert>
      )}
      {costs && integrations && (
        <div className={styles.report} aria-busy={isLoading} data-stale={costsError !== undefined || undefined}>
          <CostsReport
            costs={costs}
            integrations={integrations}
            syncedDays={syncedDays ?? []}
            yearColours={colours}
            onView={setView}
          />
        </div>
      )}
      <SpendLimits />
    </main>
  );
}
