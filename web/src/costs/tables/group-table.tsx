import { UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import { percentOf, subtractDecimals } from '#domain/decimal.ts';
import { Amount, alignedTo } from '../../ui/amount.tsx';
import { percent } from '../../ui/format/money.ts';
import { Name } from '../../ui/truncated-name.tsx';
import { Swatch } from '../chart/swatch.tsx';
import type { Compared } from '../data/compare.ts';
import type { Answers, Details } from '../data/fetch-costs.ts';
import { isTokenType, kindsInOrder, quantitiesOf } from '../data/quantities.ts';
import { dimensionName, labelOf } from '../view/dimensions.ts';
import { OthersCell, TokensCell } from './billed-cell.tsx';
import { Change } from './change-cell.tsx';
import { type Column, DataTable } from './data-table.tsx';

type Props = {
  answers: Answers;
  details: Details | undefined;
  /** Undefined where there is nothing to compare with. */
  before: Details | undefined;
  groups: readonly Compared[];
  colours: ReadonlyMap<string, string>;
  onChoose: (value: string) => void;
};

/** The exact figures behind the chart, with what was billed for them; a name narrows the view to it. */
export function GroupTable({ answers, details, before, groups, colours, onChoose }: Props) {
  const { by } = answers.view;
  const currency = answers.groups.currency ?? 'usd';
  const total = answers.groups.total ?? '0';
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
      orderBy: ({ value, now }) => labelOf(by, value, now.project_name),
      cell: ({ value, now }) => (
        <UnstyledButton className="name" onClick={() => onChoose(value)}>
          <Swatch colour={colours.get(value)} />
          <span>
            <Name text={labelOf(by, value, now.project_name)} />
          </span>
        </UnstyledButton>
      ),
      total: 'Total',
    },
    {
      name: 'Amount',
      isNumber: true,
      orderBy: ({ now }) => now.amount,
      cell: ({ now }) => (
        <>
          <Amount amount={now.amount} currency={currency} />
          <Share of={total} amount={now.amount} />
        </>
      ),
      total: <Amount amount={total} currency={currency} />,
    },
  ];
  if (before) {
    const [ended, then] = [before.groupsEnded.total ?? '0', before.groupsBefore.total ?? '0'];
    columns.push({
      name: 'Change',
      isNumber: true,
      orderBy: ({ change }) => change,
      cell: (row) => <Change change={row.change} before={row.before?.amount ?? '0'} currency={currency} />,
      total: <Change change={subtractDecimals(ended, then)} before={then} currency={currency} />,
    });
  }
  for (const kind of kinds.filter(isTokenType)) {
    columns.push({
      name: `${labelOf('token_type', kind)} tokens`,
      isNumber: true,
      orderBy: ({ value }) => quantities.get(value)?.kinds.get(kind)?.quantity,
      cell: ({ value }) => (
        <TokensCell billed={quantities.get(value)?.kinds.get(kind)} kind={kind} currency={currency} />
      ),
      total: <TokensCell billed={all.kinds.get(kind)} kind={kind} currency={currency} />,
    });
  }
  if (kinds.some((kind) => !isTokenType(kind)) || all.uncounted !== '0') {
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
      style={alignedTo([...groups.map(({ now }) => now.amount), total], currency)}
    />
  );
}

/** How much of the total it is. */
function Share({ amount, of }: { amount: string; of: string }) {
  const share = percentOf(amount, of);
  return share && <small className="aside">{percent(share, 1)}</small>;
}
