import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Costs } from '../../../api/routes/read-costs.ts';
import type { CostsSummary } from '../../../api/routes/read-summary.ts';
import { Amount } from '../format/amount.tsx';
import { addDays, longDay, monthName } from '../format/day.ts';
import { roundMoney, signedMoney, signedPercent } from '../format/money.ts';

/** The few figures that the view is about. Those of the month do not depend on the range. */
export function Headline({ costs, summary }: { costs: Costs; summary: CostsSummary | undefined }) {
  const currency = costs.currency ?? 'usd';
  const { previous } = costs;
  return (
    <section className="figures" aria-label="Figures">
      <Figure title="Total" note={`${longDay(costs.from)} – ${longDay(addDays(costs.to, -1))}`}>
        <Amount amount={costs.total ?? '0'} currency={currency} />
      </Figure>
      {previous && (
        <Figure
          title="Against the period before"
          note={`${previous.change_percent === null ? 'Nothing' : roundMoney(previous.total ?? '0', currency)} from ${longDay(previous.from)} to ${longDay(addDays(previous.to, -1))}`}
        >
          {previous.change_percent === null || previous.change === null ? (
            '—'
          ) : (
            <>
              <data value={previous.change}>{signedMoney(previous.change, currency)}</data>
              <small> {signedPercent(previous.change_percent)}</small>
            </>
          )}
        </Figure>
      )}
      {summary && (
        <Figure title={`${monthName(summary.this_month.from.slice(0, 7))} so far`} note={comparedToLastMonth(summary)}>
          {roundMoney(summary.this_month.amount, summary.currency)}
        </Figure>
      )}
      {summary && (
        <Figure title="Forecast of the month" note={certainty(summary)}>
          {summary.forecast ? roundMoney(summary.forecast.amount, summary.currency) : '—'}
        </Figure>
      )}
    </section>
  );
}

function Figure({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md" radius="md">
      <Text component="h2" size="sm" c="dimmed">
        {title}
      </Text>
      <p className="figure">{children}</p>
      <Text size="xs" c="dimmed">
        {note}
      </Text>
    </Paper>
  );
}

function comparedToLastMonth({ change, change_percent, currency, month_to_date }: CostsSummary): string {
  const percent = change_percent === null ? '' : ` (${signedPercent(change_percent)})`;
  const until = month_to_date.to > month_to_date.from ? longDay(addDays(month_to_date.to, -1)) : 'now';
  return `${signedMoney(change, currency)}${percent} against last month, up to ${until}`;
}

function certainty({ forecast, currency }: CostsSummary): string {
  if (!forecast) return 'Too few complete days to say';
  const { low, high, confidence, backtest_error_percent } = forecast;
  if (low === null || high === null || confidence === null) return 'The past is too short to say how certain';
  const error = backtest_error_percent === null ? '' : `; so far ${backtest_error_percent} % off on average`;
  return `${roundMoney(low, currency)} – ${roundMoney(high, currency)} at ${Math.round(confidence * 100)} %${error}`;
}
