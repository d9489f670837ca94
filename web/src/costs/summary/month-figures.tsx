import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { addDays, today } from '#domain/day.ts';
import { useAnswer } from '../../api/use-query.ts';
import { Amount } from '../../ui/amount.tsx';
import { monthName, shortDays } from '../../ui/format/day.ts';
import { exactMoney, exactNumber, roundMoney, signedMoney, signedPercent } from '../../ui/format/money.ts';
import { summaryPath } from '../data/paths.ts';
import { selectionOf, type View } from '../view/view.ts';
import { isMixed } from './currency-switch.tsx';
import { Figure, FigureToCome } from './figure.tsx';

const UNKNOWN = '—';

/** This month so far and as a whole: of the same filters, but of this month whatever the range. */
export function MonthFigures({ view }: { view: View }) {
  const { data: summary, error } = useAnswer<CostsSummary>(summaryPath(selectionOf(view)));
  if (!summary && !error) return <MonthFiguresToCome />;
  const month = monthName((summary?.this_month.from ?? today()).slice(0, 7));
  // Where nothing was spent, the API does not know in what.
  const currency = view.currency ?? summary?.currency ?? 'usd';
  const soFar = summary?.this_month.amount;
  const expected = summary?.forecast ? roundMoney(summary.forecast.amount, currency) : UNKNOWN;
  const unread = isMixed(error) ? 'The last year’s costs are in several currencies' : 'It could not be read';
  return (
    <>
      <Figure
        title={`${month} so far`}
        note={summary ? comparedToLastMonth(summary, currency) : unread}
        length={soFar ? exactMoney(soFar, currency).length * 0.75 : 1}
      >
        {soFar ? <Amount amount={soFar} currency={currency} /> : UNKNOWN}
      </Figure>
      <Figure
        title={`Forecast for all of ${month}`}
        note={summary ? certainty(summary, currency) : unread}
        length={expected.length}
      >
        {expected}
      </Figure>
    </>
  );
}

export function MonthFiguresToCome() {
  return (
    <>
      <FigureToCome />
      <FigureToCome />
    </>
  );
}

function comparedToLastMonth(summary: CostsSummary, currency: string): string {
  const { change, change_percent, last_month_to_date: before, missing_days } = summary;
  const about = 'This month, not the range';
  if (missing_days.length > 0) {
    const missing = missing_days.length === 1 ? 'a day is' : `${missing_days.length} days are`;
    return `${about}; ${missing} missing of it or the month before`;
  }
  if (before.from === before.to) return `${about}; none of its days is over yet`;
  const percent = change_percent === null ? '' : ` (${signedPercent(change_percent, 1)})`;
  return `${about}: ${signedMoney(change, currency)}${percent} against ${shortDays(before.from, addDays(before.to, -1))}`;
}

function certainty({ forecast }: CostsSummary, currency: string): string {
  if (!forecast) return 'Too few complete days, of what is connected, to say';
  const { low, high, confidence, backtest_error_percent } = forecast;
  if (low === null || high === null || confidence === null) return 'How certain it is, the past does not tell';
  const error =
    backtest_error_percent === null
      ? ''
      : `; such forecasts were ${exactNumber(backtest_error_percent)} % off on average`;
  return `${roundMoney(low, currency)} – ${roundMoney(high, currency)} at ${Math.round(confidence * 100)} %${error}`;
}
