import type { CostsSummary } from '../../../../api/routes/read-summary.ts';
import { addDays } from '../../../../openai/days.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { longDay, monthName } from '../../format/day.ts';
import { roundMoney, signedMoney, signedPercent } from '../../format/money.ts';
import { summaryPath } from '../questions.ts';
import { selectionOf, type View } from '../view.ts';
import { Figure, FigureToCome } from './figure.tsx';

/** This month so far and as a whole: of the same filters, but of this month whatever the range. */
export function MonthFigures({ view }: { view: View }) {
  const { data: summary } = useAnswer<CostsSummary>(summaryPath(selectionOf(view)));
  if (!summary) return <MonthFiguresToCome />;
  const { this_month, forecast, currency } = summary;
  const month = monthName(this_month.from.slice(0, 7));
  const soFar = roundMoney(this_month.amount, currency);
  const expected = forecast ? roundMoney(forecast.amount, currency) : '—';
  return (
    <>
      <Figure title={`${month} so far`} note={comparedToLastMonth(summary)} length={soFar.length}>
        {soFar}
      </Figure>
      <Figure title={`Forecast for all of ${month}`} note={certainty(summary)} length={expected.length}>
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

function comparedToLastMonth(summary: CostsSummary): string {
  const { change, change_percent, currency, month_to_date, missing_days } = summary;
  if (missing_days.length > 0)
    return `Whatever the range; ${missing_days.length} days of this month or the last are missing`;
  const percent = change_percent === null ? '' : ` (${signedPercent(change_percent, 1)})`;
  const until = month_to_date.to > month_to_date.from ? longDay(addDays(month_to_date.to, -1)) : 'now';
  return `Whatever the range; ${signedMoney(change, currency)}${percent} against last month up to ${until}`;
}

function certainty({ forecast, currency }: CostsSummary): string {
  if (!forecast) return 'Too few complete days to say';
  const { low, high, confidence, backtest_error_percent } = forecast;
  if (low === null || high === null || confidence === null) return 'How certain it is, the past does not tell';
  const error = backtest_error_percent === null ? '' : `; so far ${backtest_error_percent} % off on average`;
  return `${roundMoney(low, currency)} – ${roundMoney(high, currency)} at ${Math.round(confidence * 100)} %${error}`;
}
