import { Paper, Skeleton, Text, Title } from '@mantine/core';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { SpendLimits, type SpendLimitsProps } from '../../limits/spend-limits.tsx';
import { Amount } from '../../ui/amount.tsx';
import { Change } from '../../ui/change.tsx';
import { monthOnly, shortRange } from '../../ui/format/day.ts';
import { isMixed } from '../summary/currency-switch.tsx';
import { BurnUp } from './burn-up.tsx';
import styles from './month.module.css';
import { MonthBudget, type MonthBudgets } from './month-budget.tsx';
import { MonthEnd } from './month-end.tsx';
import { type MonthGaps, monthGaps } from './month-gaps.ts';

type Props = {
  /** That of the view: never another one's, whose figures would stand below this one's name. */
  summary: CostsSummary | undefined;
  error: Error | undefined;
  budgets: MonthBudgets;
  limits: SpendLimitsProps;
};

/** The current month: so far, with the same days of last month, and its expected end. It follows filters, not the range. */
export function MonthPanel({ summary, error, budgets, limits }: Props) {
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label="Month" className={styles.panel}>
      {!summary && !error && <Skeleton flex={1} aria-hidden />}
      {error && isMixed(error) && <Text size="sm">The last year’s costs are in several currencies: choose one.</Text>}
      {error && !isMixed(error) && <ProblemAlert error={error} />}
      {summary && (
        <div className={styles.month} data-stale={error !== undefined || undefined}>
          <Month summary={summary} budgets={budgets} />
        </div>
      )}
      <SpendLimits {...limits} />
    </Paper>
  );
}

type MonthProps = { summary: CostsSummary; budgets: MonthBudgets };

function Month({ summary, budgets }: MonthProps) {
  const { this_month, currency } = summary;
  const gaps = monthGaps(summary);
  return (
    <>
      <div className={styles.figures}>
        <div>
          <Title order={2} size="h6">
            {monthOnly(this_month.from)} so far
          </Title>
          <p className={styles.amount}>
            {gaps.isUnknown ? '–' : <Amount amount={this_month.amount} currency={currency} />}
          </p>
          <Text size="sm" c="dimmed" component="div">
            <MonthChange summary={summary} gaps={gaps} />
          </Text>
        </div>
        <MonthEnd summary={summary} gaps={gaps} />
        <MonthBudget {...budgets} summary={summary} gaps={gaps} />
      </div>
      {gaps.isUnknown ? (
        <Text size="sm" c="dimmed">
          The month is drawn when its first day has arrived.
        </Text>
      ) : (
        <BurnUp summary={summary} gaps={gaps} budget={budgets.budget?.amount} />
      )}
    </>
  );
}

function MonthChange({ summary, gaps }: { summary: CostsSummary; gaps: MonthGaps }) {
  const { change, change_percent, last_month, last_month_to_date: before, currency } = summary;
  const days = (count: number) => (count === 1 ? 'A day' : `${count} days`);
  const are = (count: number) => (count === 1 ? 'is' : 'are');
  if (before.from === before.to && gaps.now === 0) return 'None of its days is complete yet';
  if (gaps.isUnknown) return 'None of its days is read yet';
  if (gaps.now > 0) return `${days(gaps.now)} of it ${are(gaps.now)} not read yet: not compared`;
  if (gaps.before > 0)
    return `${days(gaps.before)} of ${monthOnly(last_month.from)} ${are(gaps.before)} not read: not compared`;
  return (
    <>
      <Change change={change} percent={change_percent} currency={currency} /> on {shortRange(before)}
    </>
  );
}
