import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { today } from '#domain/day.ts';
import { useQuery } from '../../api/use-query.ts';
import { Amount } from '../../ui/amount.tsx';
import { monthName, shortRange } from '../../ui/format/day.ts';
import { exactMoney, roundMoney, signedMoney } from '../../ui/format/money.ts';
import { exactNumber, signedPercent } from '../../ui/format/number.ts';
import { summaryPath } from '../data/paths.ts';
import { selectionOf, type View } from '../view/view.ts';
import { isMixed } from './currency-switch.tsx';
import { Figure, FigureSkeleton } from './figure.tsx';

const UNKNOWN = '—';

/** The current month so far, and its forecast. They follow the view's filters, but not its range. */
export function MonthFigures({ view }: { view: View }) {
  const { data: summary, error } = useQuery<CostsSummary>(summaryPath(selectionOf(view)));
  if (!summary && !error) return <MonthFiguresSkeleton />;
  const month = monthName(summary?.this_month.from ?? today());
  // Without costs the API does not know the currency.
  const currency = view.currency ?? summary?.currency ?? 'usd';
  const soFar = summary?.this_month.amount;
  const forecast = summary?.forecast ? roundMoney(summary.forecast.amount, currency) : UNKNOWN;
  const failed = isMixed(error) ? 'The last year’s costs are in several currencies' : 'It could not be loaded';
  return (
    <>
      <Figure
        title={`${month} so far`}
        note={summary ? comparedToLastMonth(summary, currency) : failed}
        length={soFar ? exactMoney(soFar, currency).length * 0.75 : 1}
      >
        {soFar ? <Amount amount={soFar} currency={currency} /> : UNKNOWN}
      </Figure>
      <Figure
        title={`Forecast for all of ${month}`}
        note={summary ? describeCertainty(summary, currency) : failed}
        length={forecast.length}
      >
        {forecast}
      </Figure>
    </>
  );
}

export function MonthFiguresSkeleton() {
  return (
    <>
      <FigureSkeleton />
      <FigureSkeleton />
    </>
  );
}

function comparedToLastMonth(summary: CostsSummary, currency: string): string {
  const { change, change_percent, last_month_to_date: before, missing_days } = summary;
  const scope = 'This month, not the range';
  if (missing_days.length > 0) {
    const missing = missing_days.length === 1 ? 'a day is' : `${missing_days.length} days are`;
    return `${scope}; ${missing} missing from it or the month before`;
  }
  if (before.from === before.to) return `${scope}; none of its days is complete yet`;
  const percent = change_percent === null ? '' : ` (${signedPercent(change_percent, 1)})`;
  return `${scope}: ${signedMoney(change, currency)}${percent} compared with ${shortRange(before)}`;
}

function describeCertainty({ forecast }: CostsSummary, currency: string): string {
  if (!forecast) return 'Too few complete days of connected integrations';
  const { low, high, confidence, backtest_error_percent } = forecast;
  if (low === null || high === null || confidence === null) return 'Its certainty is unknown: the history is too short';
  const error =
    backtest_error_percent === null
      ? ''
      : `; past forecasts were ${exactNumber(backtest_error_percent)} % off on average`;
  return `${roundMoney(low, currency)} – ${roundMoney(high, currency)} at ${Math.round(confidence * 100)} %${error}`;
}
