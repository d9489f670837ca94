import { Button, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { BudgetView } from '#api/routes/budgets/budget-view.ts';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { percentOf } from '#domain/decimal.ts';
import { newDraft } from '../../budgets/budget-draft.ts';
import { describeBudget, stateLabel } from '../../budgets/describe-budget.ts';
import { monthOnly } from '../../ui/format/day.ts';
import { exactMoney, roundMoney } from '../../ui/format/money.ts';
import { formatPercent } from '../../ui/format/number.ts';
import styles from './month.module.css';
import type { MonthGaps } from './month-gaps.ts';

// Only who opens it loads it: dialogs are a tenth of the page's code.
const BudgetDialog = lazy(() => import('../../budgets/budget-dialog.tsx'));

/** What the page knows of budgets. */
export type MonthBudgets = {
  /** The one of the costs that are displayed; null if there is none, undefined while it is not known. */
  budget: BudgetView | null | undefined;
  /** The costs that are displayed, as a budget has them, and in words. */
  filters: BudgetView['filters'];
  counted: string;
  failed: boolean;
  mayChange: boolean;
};

type Props = MonthBudgets & { summary: CostsSummary; gaps: MonthGaps };

/** How much of the month's budget is spent, and how it stands; or how to set one. It takes the same room either way. */
export function MonthBudget({ budget, filters, counted, failed, mayChange, summary, gaps }: Props) {
  const [isOpen, setIsOpen] = useState<boolean>();
  const { this_month, last_month, forecast, currency } = summary;
  const hint = [
    ...(gaps.before === 0 ? [`${monthOnly(last_month.from)}: ${roundMoney(last_month.amount, currency)}`] : []),
    ...(forecast ? [`${monthOnly(this_month.from)}: about ${roundMoney(forecast.amount, currency)}`] : []),
  ].join(', ');
  const name = counted.slice(0, 100);
  return (
    <div className={styles.budget}>
      <Title order={2} size="h6">
        Budget
      </Title>
      {budget && (
        <>
          <p className={styles.second} title={`${budget.name}: ${exactMoney(budget.amount, currency)}`}>
            {gaps.isUnknown ? '–' : formatPercent(percentOf(this_month.amount, budget.amount) ?? '0', 1)} of{' '}
            {roundMoney(budget.amount, currency)}
          </p>
          <Text size="sm" c="dimmed">
            <span className={styles.state} data-state={budget.state}>
              {stateLabel[budget.state]}.
            </span>{' '}
            {describeBudget(budget)}
          </Text>
        </>
      )}
      {budget === null && (
        <Text size="sm" c="dimmed">
          None of these costs. Alerts come before the money is spent.
        </Text>
      )}
      {budget === undefined && failed && <Text size="sm">It could not be loaded.</Text>}
      {mayChange && budget !== undefined && (
        <Button size="compact-xs" variant="default" mt={6} onClick={() => setIsOpen(true)}>
          {budget ? 'Change budget' : 'Set a budget'}
        </Button>
      )}
      {isOpen !== undefined && (
        <Suspense>
          <BudgetDialog
            opened={isOpen}
            onClose={() => setIsOpen(false)}
            budget={budget ?? newDraft({ name, currency, filters })}
            counted={counted}
            hint={hint}
          />
        </Suspense>
      )}
    </div>
  );
}
