import { Button, Loader, Paper, SegmentedControl, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { longDay, today as now } from '../format/day.ts';
import { exactMoney } from '../format/money.ts';
import { ActiveFilters } from './active-filters.tsx';
import { DayTable } from './day-table.tsx';
import { type Dimension, dimensionName, dimensions } from './dimensions.ts';
import { GroupTable } from './group-table.tsx';
import { Headline } from './headline.tsx';
import { Notes } from './notes.tsx';
import { daysOfRange, defaultRange } from './range.ts';
import { RangePicker } from './range-picker.tsx';
import { ReconciledBadge } from './reconciled-badge.tsx';
import { SpendChart } from './spend-chart.tsx';
import { TakeAlong } from './take-along.tsx';
import { UnitPrices } from './unit-prices.tsx';
import { useCosts } from './use-costs.ts';
import { useRestated } from './use-restated.ts';
import { focusOn, useView } from './view.ts';

/** What was spent. */
export function CostsPage() {
  const today = now();
  const [view, setView] = useView(today);
  const [table, setTable] = useState<'groups' | 'days'>('groups');
  const days = daysOfRange(view.range, today) ?? (daysOfRange(defaultRange, today) as { from: string; to: string });
  const costs = useCosts(view, days);
  const ids = useMemo(() => costs.integrations?.map(({ id }) => id) ?? [], [costs.integrations]);
  const restated = useRestated(ids, days);
  const restatedDays = useMemo(() => new Set(restated.keys()), [restated]);
  const { groups, daily, summary, integrations } = costs;
  const currency = groups?.currency ?? 'usd';
  const choose = (value: string) => setView(focusOn(view, view.by, value));

  if (integrations?.length === 0) return <NothingConnected />;
  return (
    <main>
      <header className="row">
        <Title order={1} size="h3">
          Costs
        </Title>
        {integrations && <ReconciledBadge integrations={integrations} currency={currency} />}
        {costs.loading && <Loader size="xs" aria-label="Loading" />}
        <span className="end">
          <TakeAlong view={view} days={days} />
        </span>
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
      </div>
      <ActiveFilters view={view} names={costs.names} onChange={setView} />
      {costs.error && <ProblemAlert error={costs.error} />}
      {groups && <Headline costs={groups} summary={summary} />}
      {groups && daily && (
        <Paper withBorder p="md" radius="md" component="section" aria-label="Spend by day">
          {groups.data.length === 0 && costs.missing.size === 0 ? (
            <Text c="dimmed" ta="center" py="xl">
              Nothing was spent from {longDay(days.from)} on
              {Object.keys(view.filters).length > 0 ? ', of what you filtered by' : ''}.
            </Text>
          ) : (
            <SpendChart
              days={costs.days}
              series={costs.series}
              missing={costs.missing}
              restated={restatedDays}
              currency={currency}
              label={`Spend by day, stacked by ${dimensionName[view.by].toLowerCase()}, ${exactMoney(groups.total ?? '0', currency)} in all. The table has the figures.`}
              onChoose={choose}
            />
          )}
          <Notes
            missing={[...costs.missing]}
            restated={restatedDays.size}
            syncedThrough={groups.synced_through}
            grouped={costs.series.some(({ value }) => value === null)}
          />
          <SegmentedControl
            size="xs"
            my="sm"
            aria-label="Table"
            value={table}
            onChange={(value) => setTable(value as typeof table)}
            data={[
              { value: 'groups', label: `By ${dimensionName[view.by].toLowerCase()}` },
              { value: 'days', label: 'By day' },
            ]}
          />
          {table === 'groups' ? (
            <GroupTable costs={groups} by={groups.group_by[0] as Dimension} colours={costs.colours} onChoose={choose} />
          ) : (
            <DayTable days={costs.days} daily={daily} missing={costs.missing} restated={restated} />
          )}
        </Paper>
      )}
      {summary && <UnitPrices summary={summary} />}
    </main>
  );
}

function NothingConnected() {
  return (
    <main>
      <Paper withBorder p="xl" radius="md" className="empty">
        <Title order={1} size="h4">
          Nothing is connected yet
        </Title>
        <Text c="dimmed">Connect OpenAI with an Admin key: a year of costs arrives within minutes.</Text>
        <Button component={Link} href="/connect">
          Connect OpenAI
        </Button>
      </Paper>
    </main>
  );
}
