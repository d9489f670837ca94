import { Paper, Skeleton, Text, Title } from '@mantine/core';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { Amount } from '../../ui/amount.tsx';
import { Change } from '../../ui/change.tsx';
import { monthOnly, shortRange } from '../../ui/format/day.ts';
import { isMixed } from '../summary/currency-switch.tsx';
import type { View } from '../view/view.ts';
import { BurnUp } from './burn-up.tsx';
import styles from './month.module.css';
import { MonthBudget, type MonthBudgets } from './month-budget.tsx';
import { MonthEnd } from './month-end.tsx';

type Props = {
  view: View;
  summary: CostsSummary | undefined;
  error: Error | undefined;
  budgets: MonthBudgets;
};

/** The current month: so far, with the same days of last month, and its expected end. It follows filters, not the range. */
export function MonthPanel({ view, summary, error, budgets }: Props) {
  if (!summary) {
    return (
      <Paper withBorder p="md" radius="md" component="section" aria-label="Month" className={styles.panel}>
        {!error && <Skeleton flex={1} aria-hidden />}
        {error && isMixed(error) && <Text size="sm">The last year’s costs are in several currencies: choose one.</Text>}
        {error && !isMixed(error) && <ProblemAlert error={error} />}
      </Paper>
    );
  }
  const { this_month } = summary;
  const currency = view.currency ?? summary.currency;
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label="Month" className={styles.panel}>
      <div className={styles.figures}>
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
        </div>
        <MonthEnd summary={summary} currency={currency} />
        <MonthBudget {...budgets} summary={summary} currency={currency} />
      </div>
      <BurnUp summary={summary} currency={currency} budget={budgets.budget?.amount} />
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
