import type { Costs } from '#api/routes/costs/get-costs.ts';
import { daysOf } from '#domain/day.ts';
import { Amount } from '../../ui/amount.tsx';
import { longDay } from '../../ui/format/day.ts';
import { whyMissing } from '../data/missing-days.ts';
import type { MissingDays } from '../data/view-costs.ts';
import { DataTable } from './data-table.tsx';

type Props = { daily: Costs; restated: ReadonlyMap<string, string>; missing: MissingDays };

/** The exact amount of each day, newest first. A missing day has none, and says why. */
export function DayTable({ daily, restated, missing }: Props) {
  const amounts = new Map(daily.data.map(({ period, amount }) => [period, amount]));
  const missingDays = new Set(daily.missing_days);
  const currency = daily.currency ?? 'usd';
  return (
    <DataTable
      caption="Costs by day"
      columns={[
        { name: 'Day (UTC)', cell: longDay, sortBy: (day) => day, total: 'Total' },
        {
          name: 'Amount',
          isNumber: true,
          cell: (day) => (missingDays.has(day) ? '—' : <Amount amount={amounts.get(day) ?? '0'} currency={currency} />),
          sortBy: (day) => (missingDays.has(day) ? undefined : (amounts.get(day) ?? '0')),
          total: <Amount amount={daily.total ?? '0'} currency={currency} />,
        },
        { name: 'Note', cell: (day) => whyMissing(day, missing) ?? noteOn(day, daily, restated.get(day)) },
      ]}
      rows={daysOf(daily).toReversed()}
      keyOf={(day) => day}
      order={{ by: 'Day (UTC)', descending: true }}
      first={50}
    />
  );
}

/** Whether a day's amount may still change, or has changed. */
function noteOn(day: string, { synced_through }: Costs, restatement: string | undefined) {
  if (synced_through === null || day > synced_through) return 'Read before the day ended';
  return restatement;
}
