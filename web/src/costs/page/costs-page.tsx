import { SegmentedControl, Title } from '@mantine/core';
import { useMemo } from 'react';
import { type DayRange, today as now } from '#domain/day.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { isFilling, isStopped, useIntegrations } from '../../integrations/use-integrations.ts';
import { daysInWords } from '../../ui/format/day.ts';
import { Loading } from '../../ui/loading.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { withUnknownDays } from '../data/missing-days.ts';
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
import { CostsOfView } from './costs-report.tsx';
import { NothingConnected } from './no-integrations.tsx';
import { useFocusKept } from './use-focus-fallback.ts';

/** What was spent. */
export function CostsPage() {
  useTitle('Costs');
  const today = now();
  const [view, setView] = useView(today);
  const days = daysOfRange(view.range, today) ?? (daysOfRange(defaultRange, today) as DayRange);
  const costs = useCosts(view, days);
  const { names, colours } = useNamesAndColours(view);
  const { integrations, error: integrationsError } = useIntegrations();
  const answers = useMemo(
    () => costs.data && integrations && withUnknownDays(costs.data, integrations, today),
    [costs.data, integrations, today],
  );
  const { known, error: daysError } = useDays(costs.data ? (integrations ?? []).map(({ id }) => id) : [], days);
  const heading = useFocusKept<HTMLHeadingElement>();
  const errors = [costs.error, integrationsError, daysError].filter((error) => error !== undefined);
  const problem = errors.find((error) => !isMixed(error));

  if (integrations?.length === 0) return <NothingConnected />;
  return (
    <main>
      <header className="row">
        <Title order={1} size="h3" ref={heading} tabIndex={-1}>
          Costs
        </Title>
        <ReconciledBadge
          days={known ?? []}
          range={daysInWords(days.from, days.to)}
          currency={view.currency === undefined ? (costs.data?.groups.currency ?? 'usd') : undefined}
          isFiltered={selectionOf(view).length > 0}
        />
        {(costs.isLoading || (!integrations && !integrationsError)) && <Loading />}
        {(view.currency !== undefined || errors.some(isMixed)) && (
          <span className="end">
            <CurrencySwitch
              currency={view.currency}
              onChange={(currency, how) => setView({ ...view, currency }, how)}
            />
          </span>
        )}
      </header>
      <div className="row">
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
          {daysError && !known && 'Whether the days add up to OpenAI’s totals, and which were restated, is not known.'}
        </ProblemAlert>
      )}
      {answers && integrations && (
        <div className="of-view" aria-busy={costs.isLoading} data-old={costs.error !== undefined || undefined}>
          <CostsOfView {...{ answers, integrations }} known={known ?? []} ownColours={colours} onView={setView} />
        </div>
      )}
    </main>
  );
}
