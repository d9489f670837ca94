import { useMemo } from 'react';
import { percentOf, subtractDecimals } from '#domain/decimal.ts';
import { Amount, alignAmounts } from '../../ui/amount.tsx';
import { formatPercent } from '../../ui/format/number.ts';
import { ValueButton } from '../chart/value-button.tsx';
import type { Compared } from '../data/compare.ts';
import { isTokenType, kindsInOrder, quantitiesOf } from '../data/quantities.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { dimensionName, labelOf } from '../view/dimensions.ts';
import { OthersCell, TokensCell } from './billed-cell.tsx';
import { ChangeCell } from './change-cell.tsx';
import type { Column } from './column.ts';
import { DataTable } from './data-table.tsx';
import styles from './tables.module.css';

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
  const parts = details?.parts.data;
  const quantities = useMemo(() => {
    const ofGroups = Map.groupBy(parts ?? [], (row) => row[by] ?? '');
    return new Map([...ofGroups].map(([value, rows]) => [value, quantitiesOf(rows)]));
  }, [parts, by]);
  const all = useMemo(() => quantitiesOf(parts ?? []), [parts]);
  const kinds = kindsInOrder([all]);

  const columns: [Column<Compared>, ...Column<Compared>[]] = [
    {
      name: dimensionName[by],
      sortBy: ({ value, now }) => labelOf(by, value, now.project_name),
      cell: ({ value, now }) => (
        <ValueButton
          name={labelOf(by, value, now.project_name)}
          colour={colours.get(value)}
          onClick={() => onChoose(value)}
        />
      ),
      total: 'Total',
    },
    {
      name: 'Amount',
      isNumber: true,
      sortBy: ({ now }) => now.amount,
      cell: ({ now }) => (
        <>
          <Amount amount={now.amount} currency={currency} />
          <Share of={total} amount={now.amount} />
        </>
      ),
      total: <Amount amount={total} currency={currency} />,
    },
  ];
  if (details && comparable) {
    const ended = details.groupsEnded.total ?? '0';
    const before = details.groupsBefore.total ?? '0';
    columns.push({
      name: 'Change',
      isNumber: true,
      sortBy: ({ change }) => change,
      cell: (row) => <ChangeCell change={row.change} before={row.before?.amount ?? '0'} currency={currency} />,
      total: <ChangeCell change={subtractDecimals(ended, before)} before={before} currency={currency} />,
    });
  }
  for (const kind of kinds.filter(isTokenType)) {
    columns.push({
      name: `${labelOf('token_type', kind)} tokens`,
      isNumber: true,
      sortBy: ({ value }) => quantities.get(value)?.kinds.get(kind)?.quantity,
      cell: ({ value }) => (
        <TokensCell billed={quantities.get(value)?.kinds.get(kind)} kind={kind} currency={currency} />
      ),
      total: <TokensCell billed={all.kinds.get(kind)} kind={kind} currency={currency} />,
    });
  }
  if (kinds.some((kind) => !isTokenType(kind)) || all.amountWithoutQuantity !== '0') {
    columns.push({
      name: 'Other quantities',
      isNumber: true,
      cell: ({ value }) => <OthersCell quantities={quantities.get(value)} currency={currency} />,
      total: <OthersCell quantities={all} currency={currency} />,
    });
  }
  return (
    <DataTable
      caption={`Costs by ${dimensionName[by].toLowerCase()}`}
      columns={columns}
      rows={groups}
      keyOf={({ value }) => value}
      order={{ by: 'Amount', descending: true }}
      first={50}
      style={alignAmounts([...groups.map(({ now }) => now.amount), total], currency)}
    />
  );
}

/** An amount's share of the total. */
function Share({ amount, of }: { amount: string; of: string }) {
  const share = percentOf(amount, of);
  return share && <small className={styles.aside}>{formatPercent(share, 1)}</small>;
}
