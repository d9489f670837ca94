import type { Costs } from '#api/routes/costs/get-costs.ts';
import { daysOf } from '#domain/day.ts';
import { Amount, alignedTo } from '../../ui/amount.tsx';
import { longDay } from '../../ui/format/day.ts';
import { type UnknownDays, whyUnknown } from '../data/missing-days.ts';
import { DataTable } from './data-table.tsx';

type Props = { daily: Costs; restated: ReadonlyMap<string, string>; unknown: UnknownDays };

/** Each day's exact figure; a day that is missing says so. */
export function DayTable({ daily, restated, unknown }: Props) {
  const amounts = new Map(daily.data.map(({ period, amount }) => [period, amount]));
  const missing = new Set(daily.missing_days);
  const currency = daily.currency ?? 'usd';
  return (
    <DataTable
      caption="Costs by day"
      columns={[
        { name: 'Day (UTC)', cell: longDay, orderBy: (day) => day, total: 'Total' },
        {
          name: 'Amount',
          isNumber: true,
          cell: (day) => (missing.has(day) ? '—' : <Amount amount={amounts.get(day) ?? '0'} currency={currency} />),
          orderBy: (day) => (missing.has(day) ? undefined : (amounts.get(day) ?? '0')),
          total: <Amount amount={daily.total ?? '0'} currency={currency} />,
        },
        { name: 'Note', cell: (day) => whyUnknown(day, unknown) ?? noteOn(day, daily, restated.get(day)) },
      ]}
      rows={daysOf(daily).toReversed()}
      keyOf={(day) => day}
      order={{ by: 'Day (UTC)', descending: true }}
      first={50}
      style={alignedTo([...daily.data.map(({ amount }) => amount), daily.total ?? '0'], currency)}
    />
  );
}

/** What is known of a day, but may change or did. */
function noteOn(day: string, { synced_through }: Costs, restatedAt: string | undefined) {
  if (synced_through === null || day > synced_through) return 'Not over when it was read';
  return restatedAt && `Restated by OpenAI, seen ${longDay(restatedAt)}`;
}
