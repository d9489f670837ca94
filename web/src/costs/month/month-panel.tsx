import { Paper, Skeleton, Text, Title } from '@mantine/core';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { addDays, monthStart } from '#domain/day.ts';
import { percentOf, subtractDecimals } from '#domain/decimal.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { Amount } from '../../ui/amount.tsx';
import { Change } from '../../ui/change.tsx';
import { monthOnly, shortDay, shortRange } from '../../ui/format/day.ts';
import { roundMoney } from '../../ui/format/money.ts';
import { isMixed } from '../summary/currency-switch.tsx';
import type { View } from '../view/view.ts';
import { BurnUp } from './burn-up.tsx';
import styles from './month.module.css';

type Props = { view: View; summary: CostsSummary | undefined; error: Error | undefined };

/** The current month: so far, with the same days of last month, and its expected end. It follows filters, not the range. */
export function MonthPanel({ view, summary, error }: Props) {
  if (!summary) {
    return (
      <Paper withBorder p="md" radius="md" component="section" aria-label="Month" className={styles.panel}>
        {!error && <Skeleton height="13rem" aria-hidden />}
        {error && isMixed(error) && <Text size="sm">The last year’s costs are in several currencies: choose one.</Text>}
        {error && !isMixed(error) && <ProblemAlert error={error} />}
      </Paper>
    );
  }
  const { this_month, last_month, forecast } = summary;
  const currency = view.currency ?? summary.currency;
  const lastDay = addDays(monthStart(this_month.from, 1), -1);
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label="Month" className={styles.panel}>
      <div>
        <Title order={2} size="h6">
          {monthOnly(this_month.from)} so far
        </Title>
        <p className={styles.amount}>
          <Amount amount={this_month.amount} currency={currency} />
        </p>
        <Text size="sm" c="dimmed" component="div">
          <MonthChange summary={summary} currency={currency} />
        </Text>
        <Title order={2} size="h6" mt="md">
          Expected by {shortDay(lastDay)}
        </Title>
        {forecast ? (
          <>
            <p className={styles.second}>about {roundMoney(forecast.amount, currency)}</p>
            <Text size="sm" c="dimmed" component="div">
              {forecast.low !== null && forecast.high !== null && forecast.confidence !== null ? (
                <div
                  title={
                    forecast.backtest_error_percent
                      ? `Past forecasts were off by ${forecast.backtest_error_percent}% on average`
                      : undefined
                  }
                >
                  {roundMoney(forecast.low, currency)} – {roundMoney(forecast.high, currency)} (
                  {Math.round(forecast.confidence * 5)} in 5)
                </div>
              ) : (
                <div>Too little history for a range</div>
              )}
              <Percent now={forecast.amount} before={last_month.amount} /> on all of {monthOnly(last_month.from)}
            </Text>
          </>
        ) : (
          <Text size="sm" c="dimmed">
            Too few complete days of connected organizations
          </Text>
        )}
      </div>
      <BurnUp summary={summary} currency={currency} />
    </Paper>
  );
}

function MonthChange({ summary, currency }: { summary: CostsSummary; currency: string }) {
  const { change, change_percent, last_month_to_date: before, missing_days } = summary;
  if (missing_days.length > 0) {
    return missing_days.length === 1
      ? 'Not compared: a day is missing from it or the month before'
      : `Not compared: ${missing_days.length} days are missing from it or the month before`;
  }
  if (before.from === before.to) return 'None of its days is complete yet';
  return (
    <>
      <Change change={change} percent={change_percent} currency={currency} /> on {shortRange(before)}
    </>
  );
}

function Percent({ now, before }: { now: string; before: string }) {
  return <Change change={subtractDecimals(now, before)} percent={percentOf(subtractDecimals(now, before), before)} />;
}
