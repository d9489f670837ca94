import { useMemo } from 'react';
import { sumDecimals } from '#domain/decimal.ts';
import { Amount } from '../../ui/amount.tsx';
import { toSeries } from '../chart/series.ts';
import { hasData, totalLabel, whyMissing } from '../data/missing-days.ts';
import { restatementIn } from '../data/restatements.ts';
import type { ViewCosts } from '../data/view-costs.ts';
import { exactPeriodName } from '../view/period-name.ts';
import { type Granularity, hasEnded, type Period } from '../view/periods.ts';
import type { Column } from './column.ts';
import { DataTable } from './data-table.tsx';

type Props = {
  costs: ViewCosts;
  colours: ReadonlyMap<string, string>;
  /** What is said of each restated day. */
  restated: ReadonlyMap<string, string>;
};

const headings: Record<Granularity, string> = {
  day: 'Day (UTC)',
  week: 'Week (Monday to Sunday, UTC)',
  month: 'Month (UTC)',
};

/**
 * The exact amount of each day, week or month, newest first, in all and of each value that the chart draws. One without
 * data has none, and says why.
 */
export function PeriodTable({ costs, colours, restated }: Props) {
  const { byPeriod, periods, granularity, missing } = costs;
  const series = useMemo(() => toSeries(costs, colours), [costs, colours]);
  const amounts = new Map(byPeriod.data.map(({ period, amount }) => [period, amount]));
  const currency = byPeriod.currency ?? 'usd';
  const amountOf = (period: Period) =>
    whyMissing(period, missing)?.isAll ? undefined : (amounts.get(period.start) ?? '0');
  return (
    <DataTable
      caption={`Costs by ${granularity}`}
      columns={[
        {
          name: headings[granularity],
          cell: (period) => exactPeriodName(period, granularity),
          sortBy: ({ start }) => start,
          total: totalLabel(costs),
        },
        {
          name: 'Amount',
          isNumber: true,
          cell: (period) => {
            const amount = amountOf(period);
            return amount === undefined ? '—' : <Amount amount={amount} currency={currency} />;
          },
          sortBy: amountOf,
          total: hasData(costs) ? <Amount amount={byPeriod.total ?? '0'} currency={currency} /> : '–',
        },
        ...series.map(
          ({ name, value, amounts }): Column<Period> => ({
            name: distinctColumn(name, value),
            isNumber: true,
            isMinor: true,
            cell: (period) =>
              amountOf(period) === undefined ? (
                '—'
              ) : (
                <Amount amount={amounts.get(period.start) ?? '0'} currency={currency} />
              ),
            sortBy: (period) => (amountOf(period) === undefined ? undefined : (amounts.get(period.start) ?? '0')),
            total: <Amount amount={sumIn(periods, amounts)} currency={currency} />,
          }),
        ),
        {
          name: 'Note',
          cell: (period) =>
            [
              whyMissing(period, missing)?.text ??
                (hasEnded(period, byPeriod.synced_through) ? '' : `Read before the ${granularity} ended`),
              restatedNote(period, restated),
            ]
              .filter(Boolean)
              .join('. '),
        },
      ]}
      rows={periods.toReversed()}
      keyOf={({ start }) => start}
      order={{ by: headings[granularity], descending: true }}
      first={50}
    />
  );
}

/** Marked as in the chart. */
function restatedNote(period: Period, restated: ReadonlyMap<string, string>): string | undefined {
  const restatement = restatementIn(period, restated);
  return restatement && `▼ ${restatement}`;
}

/** A project may have the name of another column. */
const distinctColumn = (name: string, value: string | null) =>
  value !== null && ['Amount', 'Note', ...Object.values(headings)].includes(name) ? `${name} (${value})` : name;

const sumIn = (periods: readonly Period[], amounts: ReadonlyMap<string, string>) =>
  sumDecimals(periods.map(({ start }) => amounts.get(start) ?? '0'));
