import { Table } from '@mantine/core';
import type { Costs } from '../../../api/routes/read-costs.ts';
import { Amount } from '../format/amount.tsx';
import { longDay } from '../format/day.ts';

type Props = {
  days: readonly string[];
  daily: Costs;
  missing: ReadonlySet<string>;
  restated: ReadonlyMap<string, string>;
};

/** Each day's exact figure, newest first; a day that is missing says so. */
export function DayTable({ days, daily, missing, restated }: Props) {
  const amounts = new Map(daily.data.map(({ period, amount }) => [period, amount]));
  return (
    <div className="table">
      <Table verticalSpacing={6}>
        <Table.Caption className="visually-hidden">Costs by day</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Day (UTC)</Table.Th>
            <Table.Th className="number">Amount</Table.Th>
            <Table.Th>Note</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.toReversed().map((day) => {
            const restatedAt = restated.get(day);
            return (
              <Table.Tr key={day}>
                <Table.Th scope="row">{longDay(day)}</Table.Th>
                <Table.Td className="number">
                  {missing.has(day) ? (
                    '—'
                  ) : (
                    <Amount amount={amounts.get(day) ?? '0'} currency={daily.currency ?? 'usd'} />
                  )}
                </Table.Td>
                <Table.Td>
                  {missing.has(day) && 'Missing: not read yet'}
                  {restatedAt && `Restated by OpenAI, seen ${longDay(restatedAt)}`}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
