import { Text, Title } from '@mantine/core';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { addDays, monthStart } from '#domain/day.ts';
import { percentOf, subtractDecimals } from '#domain/decimal.ts';
import { Change } from '../../ui/change.tsx';
import { monthOnly, shortDay } from '../../ui/format/day.ts';
import { roundMoney } from '../../ui/format/money.ts';
import { formatPercent } from '../../ui/format/number.ts';
import styles from './month.module.css';
import type { MonthGaps } from './month-gaps.ts';

/** What the month is expected to cost in the end. */
export function MonthEnd({ summary, gaps }: { summary: CostsSummary; gaps: MonthGaps }) {
  const { this_month, last_month, forecast, currency } = summary;
  const lastDay = addDays(monthStart(this_month.from, 1), -1);
  return (
    <div>
      <Title order={2} size="h6">
        Expected by {shortDay(lastDay)}
      </Title>
      {forecast ? (
        <>
          <p className={styles.second}>about {roundMoney(forecast.amount, currency)}</p>
          <Text size="sm" c="dimmed" component="div">
            {forecast.low !== null && forecast.high !== null && forecast.confidence !== null ? (
              <div>
                {roundMoney(forecast.low, currency)} – {roundMoney(forecast.high, currency)} (
                {Math.round(forecast.confidence * 5)} in 5)
              </div>
            ) : (
              <div>Too little history for a range</div>
            )}
            {gaps.before === 0 && (
              <>
                <Percent now={forecast.amount} before={last_month.amount} /> on all of {monthOnly(last_month.from)}
              </>
            )}
            {forecast.backtest_error_percent !== null && (
              <div>Past forecasts were off by {formatPercent(forecast.backtest_error_percent, 1)} on average</div>
            )}
          </Text>
        </>
      ) : (
        <Text size="sm" c="dimmed">
          Too few complete days of connected organizations
        </Text>
      )}
    </div>
  );
}

function Percent({ now, before }: { now: string; before: string }) {
  return <Change change={subtractDecimals(now, before)} percent={percentOf(subtractDecimals(now, before), before)} />;
}
