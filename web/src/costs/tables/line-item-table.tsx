import { Button, Paper, Text, Title } from '@mantine/core';
import { percentOf } from '#domain/decimal.ts';
import { Amount } from '../../ui/amount.tsx';
import { Change } from '../../ui/change.tsx';
import { exactMoney } from '../../ui/format/money.ts';
import { exactNumber, roughNumber } from '../../ui/format/number.ts';
import layout from '../../ui/layout.module.css';
import { TruncatedName } from '../../ui/truncated-name.tsx';
import type { Compared } from '../data/compare.ts';
import { unitName, unitPrice } from '../data/unit-price.ts';
import { useLooks } from '../view/use-view.ts';
import type { Column } from './column.ts';
import { DataTable } from './data-table.tsx';
import styles from './tables.module.css';

/** The id of its heading. */
const LINE_ITEMS = 'line-items';

/** Moves to the table's heading, with the keyboard, too. */
export const goToLineItems = () => document.getElementById(LINE_ITEMS)?.focus();

type Props = { rows: readonly Compared[]; comparable: boolean; currency: string };

/** The lines of OpenAI's bill, such as a model's input tokens, each with its quantity and unit price. */
export function LineItemTable({ rows, comparable, currency }: Props) {
  const [{ showsLineItems: isOpen }, setLooks] = useLooks();
  const columns: [Column<Compared>, ...Column<Compared>[]] = [
    {
      name: 'Line item',
      cell: ({ value }) => <TruncatedName text={value || 'No line item'} />,
      sortBy: ({ value }) => value,
    },
    {
      name: 'Amount',
      isNumber: true,
      cell: ({ now }) => <Amount amount={now.amount} currency={currency} />,
      sortBy: ({ now }) => now.amount,
    },
    { name: 'Quantity', isNumber: true, cell: ({ now }) => <Quantity row={now} /> },
    { name: 'Unit price', isNumber: true, cell: ({ now }) => <Price row={now} currency={currency} /> },
  ];
  if (comparable) {
    columns.push(
      {
        name: 'Change',
        isNumber: true,
        cell: ({ change, before }) => (
          <Change change={change} percent={percentOf(change, before?.amount ?? '0')} currency={currency} />
        ),
        sortBy: ({ change }) => change,
      },
      { name: 'Quantity before', isNumber: true, cell: ({ before }) => <Quantity row={before} /> },
      { name: 'Price before', isNumber: true, cell: ({ before }) => <Price row={before} currency={currency} /> },
    );
  }
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-labelledby={LINE_ITEMS}>
      <header className={layout.row}>
        <Title order={2} size="h6" id={LINE_ITEMS} tabIndex={-1}>
          Quantities and unit prices
        </Title>
        <Text span size="sm" c="dimmed">
          {rows.length === 1 ? 'One line item' : `${rows.length} line items`} of OpenAI’s bill
        </Text>
        <Button
          className={layout.end}
          size="xs"
          variant="default"
          onClick={() => setLooks({ showsLineItems: !isOpen })}
          aria-expanded={isOpen}
        >
          {isOpen ? 'Hide' : 'Show'}
        </Button>
      </header>
      {isOpen && (
        <DataTable
          caption="Costs by line item"
          columns={columns}
          rows={rows}
          keyOf={({ value }) => value}
          order={{ by: 'Amount', descending: true }}
          first={15}
        />
      )}
    </Paper>
  );
}

type Row = Compared['now'];

function Quantity({ row }: { row: Row | undefined }) {
  if (!row || (row.amount === '0' && row.quantity === null)) return <small className={styles.aside}>none</small>;
  if (row.quantity === null || row.quantity_unit === null)
    return <small className={styles.aside}>not reported by OpenAI</small>;
  return (
    <>
      <data value={row.quantity} title={`${exactNumber(row.quantity)} ${unitName(row.quantity_unit)}`}>
        {roughNumber(row.quantity)}
      </data>
      <small className={styles.aside}>{unitName(row.quantity_unit)}</small>
    </>
  );
}

function Price({ row, currency }: { row: Row | undefined; currency: string }) {
  if (!row?.quantity || !row.quantity_unit) return <small className={styles.aside}>none</small>;
  const price = unitPrice({ amount: row.amount, quantity: row.quantity }, row.quantity_unit);
  if (!price) return <small className={styles.aside}>none</small>;
  return (
    <>
      {exactMoney(price.price, currency)}
      <small className={styles.aside}>per {price.per}</small>
    </>
  );
}
