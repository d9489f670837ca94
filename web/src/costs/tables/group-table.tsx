import { useMemo } from 'react';
import { percentOf, subtractDecimals } from '#domain/decimal.ts';
import { Amount } from '../../ui/amount.tsx';
import { Change } from '../../ui/change.tsx';
import { comparedRange } from '../../ui/format/day.ts';
import { ValueButton } from '../chart/value-button.tsx';
import { othersColour } from '../data/colours.ts';
import type { Compared } from '../data/compare.ts';
import { hasData, totalLabel } from '../data/missing-days.ts';
import { isTokenType, kindsInOrder, quantitiesOf } from '../data/quantities.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { dimensionName, labelOf, nameIn } from '../view/dimensions.ts';
import { hasEnded } from '../view/periods.ts';
import type { Column } from './column.ts';
import { DataTable } from './data-table.tsx';
import { Share } from './share.tsx';
import { Sparkline } from './sparkline.tsx';
import { Cached, cachedShare, Tokens, tokensOf } from './tokens.tsx';

type Props = {
  costs: ViewCosts;
  details: ViewDetails | undefined;
  /** Whether the range is compared with the period before. */
  comparable: boolean;
  groups: readonly Compared[];
  colours: ReadonlyMap<string, string>;
  onChoose: (value: string) => void;
};

/** The exact amounts behind the chart, with the quantities billed. A click on a name narrows the view to it. */
export function GroupTable({ costs, details, comparable, groups, colours, onChoose }: Props) {
  const { by } = costs.view;
  const currency = costs.groups.currency ?? 'usd';
  const total = costs.groups.total ?? '0';
  const isKnown = hasData(costs);
  const parts = details?.parts.data;
  const label = (value: string, row: Compared['now']) => costs.labels.get(value) ?? labelOf(by, value, nameIn(by, row));
  const quantities = useMemo(() => {
    const ofGroups = Map.groupBy(parts ?? [], (row) => row[by] ?? '');
    return new Map([...ofGroups].map(([value, rows]) => [value, quantitiesOf(rows)]));
  }, [parts, by]);
  const all = useMemo(() => quantitiesOf(parts ?? []), [parts]);
  const kinds = kindsInOrder([all]);

  const ended = useMemo(() => costs.periods.filter((period) => hasEnded(period, costs.groups.synced_through)), [costs]);
  const rowsOf = useMemo(() => Map.groupBy(costs.groupsByPeriod.data, (row) => row[by] ?? ''), [costs, by]);
  const amountsOf = (value: string) => {
    const amounts = new Map(rowsOf.get(value)?.map(({ period, amount }) => [period, Number(amount)]));
    return ended.map(({ start }) => amounts.get(start) ?? 0);
  };

  const columns: [Column<Compared>, ...Column<Compared>[]] = [
    {
      name: dimensionName[by],
      sortBy: ({ value, now }) => label(value, now),
      cell: ({ value, now }) => (
        <ValueButton name={label(value, now)} colour={colours.get(value)} onClick={() => onChoose(value)} />
      ),
      total: totalLabel(costs),
    },
    {
      name: `By ${costs.granularity}`,
      isMinor: true,
      cell: ({ value }) => <Sparkline amounts={amountsOf(value)} colour={colours.get(value) ?? othersColour} />,
      total: '',
    },
    {
      name: 'Cost',
      isNumber: true,
      sortBy: ({ now }) => now.amount,
      cell: ({ now }) => <Amount amount={now.amount} currency={currency} />,
      total: isKnown ? <Amount amount={total} currency={currency} /> : '–',
    },
    {
      name: 'Share',
      isMinor: true,
      cell: ({ now }) => <Share amount={now.amount} of={total} colour={colours.get(now[by] ?? '')} />,
      total: '',
    },
  ];
  if (details && comparable) {
    const now = details.groupsEnded.total ?? '0';
    const before = details.groupsBefore.total ?? '0';
    columns.push({
      name: `vs ${comparedRange(details.groupsBefore, costs.days)}`,
      isNumber: true,
      sortBy: ({ change }) => change,
      cell: ({ change, before }) => (
        <Change change={change} percent={percentOf(change, before?.amount ?? '0')} currency={currency} />
      ),
      total: (
        <Change
          change={subtractDecimals(now, before)}
          percent={percentOf(subtractDecimals(now, before), before)}
          currency={currency}
        />
      ),
    });
  }
  if (kinds.some(isTokenType)) {
    columns.push(
      {
        name: 'Tokens',
        isMinor: true,
        isNumber: true,
        sortBy: ({ value }) => tokensOf(quantities.get(value)),
        cell: ({ value }) => <Tokens quantities={quantities.get(value)} />,
        total: <Tokens quantities={all} />,
      },
      {
        name: 'Input from cache',
        isMinor: true,
        isNumber: true,
        sortBy: ({ value }) => cachedShare(quantities.get(value)) ?? undefined,
        cell: ({ value }) => <Cached quantities={quantities.get(value)} />,
        total: <Cached quantities={all} />,
      },
    );
  }
  return (
    <DataTable
      caption={`Costs by ${dimensionName[by].toLowerCase()}`}
      columns={columns}
      rows={groups}
      keyOf={({ value }) => value}
      order={{ by: 'Cost', descending: true }}
      first={50}
    />
  );
}
