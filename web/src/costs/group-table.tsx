import { Button, Table, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Costs } from '../../../api/routes/read-costs.ts';
import { Amount } from '../format/amount.tsx';
import { exactNumber, signedMoney } from '../format/money.ts';
import { othersColour } from './colours.ts';
import { type Dimension, dimensionName, labelOf } from './dimensions.ts';
import { unitPrice } from './unit-price.ts';

/** Rows that are shown at first: more than fit on a screen, fewer than make it slow. */
const FIRST = 50;

type Props = {
  costs: Costs;
  by: Dimension;
  colours: ReadonlyMap<string, string>;
  onChoose: (value: string) => void;
};

/** The exact figures behind the chart; a name narrows the view to it. */
export function GroupTable({ costs, by, colours, onChoose }: Props) {
  const [whole, setWhole] = useState(false);
  const currency = costs.currency ?? 'usd';
  const rows = whole ? costs.data : costs.data.slice(0, FIRST);
  return (
    <>
      <div className="table">
        <Table verticalSpacing={6} highlightOnHover>
          <Table.Caption className="visually-hidden">Costs by {dimensionName[by].toLowerCase()}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{dimensionName[by]}</Table.Th>
              <Table.Th className="number">Amount</Table.Th>
              <Table.Th className="number">Change</Table.Th>
              <Table.Th className="number">Billed</Table.Th>
              <Table.Th className="number">Unit price</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => {
              const value = row[by] ?? '';
              const price = unitPrice(row.amount, row.quantity, row.quantity_unit);
              return (
                <Table.Tr key={value}>
                  <Table.Th scope="row">
                    <UnstyledButton className="name" onClick={() => onChoose(value)} data-value={value}>
                      <Swatch colour={colours.get(value) ?? othersColour} />
                      {labelOf(by, value, row.project_name)}
                    </UnstyledButton>
                  </Table.Th>
                  <Table.Td className="number">
                    <Amount amount={row.amount} currency={currency} />
                  </Table.Td>
                  <Table.Td className="number">{row.change && signedMoney(row.change, currency)}</Table.Td>
                  <Table.Td className="number">
                    {row.quantity && `${exactNumber(row.quantity)} ${(row.quantity_unit ?? '').replaceAll('_', ' ')}`}
                  </Table.Td>
                  <Table.Td className="number">
                    {price && (
                      <>
                        <Amount amount={price.price} currency={currency} /> / {price.per}
                      </>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th scope="row">Total</Table.Th>
              <Table.Td className="number">
                <Amount amount={costs.total ?? '0'} currency={currency} />
              </Table.Td>
              <Table.Td className="number">
                {costs.previous?.change && signedMoney(costs.previous.change, currency)}
              </Table.Td>
              <Table.Td />
              <Table.Td />
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </div>
      {rows.length < costs.data.length && (
        <Button variant="default" size="xs" onClick={() => setWhole(true)}>
          Show all {costs.data.length}
        </Button>
      )}
    </>
  );
}

function Swatch({ colour }: { colour: string }) {
  return (
    <svg className="swatch" viewBox="0 0 10 10" aria-hidden="true">
      <rect width="10" height="10" rx="2" fill={colour} />
    </svg>
  );
}
