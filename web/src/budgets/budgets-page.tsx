import { Button, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { NOT_READ } from '../overview/overview-part.ts';
import { useMay } from '../session/use-session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import layout from '../ui/layout.module.css';
import { Loading } from '../ui/loading.tsx';
import { AT_ONCE, ShowMore } from '../ui/show-more.tsx';
import { useTitle } from '../ui/use-title.ts';
import { BudgetCard } from './budget-card.tsx';
import BudgetDialog from './budget-dialog.tsx';
import { newDraft } from './budget-draft.ts';
import styles from './budgets.module.css';
import { describeFilters } from './counted-costs.ts';
import { worstFirst } from './describe-budget.ts';
import { useBudgets } from './use-budgets.ts';
import { useFilterNames } from './use-filter-names.ts';

/** All budgets, those that need a look first. */
export function BudgetsPage() {
  useTitle('Budgets');
  const { budgets, error } = useBudgets();
  const [most, setMost] = useState(AT_ONCE);
  const shown = worstFirst(budgets ?? []).slice(0, most);
  const names = useFilterNames(shown);
  const mayChange = useMay('budgets:write');
  const [isDialogOpen, setIsDialogOpen] = useState(false);
  const draft = newDraft({ name: 'All costs', currency: budgets?.[0]?.currency ?? 'usd', filters: {} });
  return (
    <main>
      <header className={layout.row}>
        <Title order={1} size="h3">
          Budgets
        </Title>
        {mayChange && (
          <span className={layout.end}>
            <Button size="xs" onClick={() => setIsDialogOpen(true)}>
              Set a budget
            </Button>
          </span>
        )}
      </header>
      <Text size="sm" c="dimmed">
        A budget of some costs: filter the costs first, by project or model for example, and set it there.
      </Text>
      {error && <ProblemAlert error={error} isOfAction={error === NOT_READ} />}
      {!budgets && !error && <Loading />}
      {budgets?.length === 0 && (
        <EmptyState>
          <Text>No budget is set. Alerts come at 50, 80 and 100% of what is spent, and when 100% are expected.</Text>
        </EmptyState>
      )}
      <div className={styles.cards}>
        {shown.map((budget) => (
          <BudgetCard
            key={budget.id}
            budget={budget}
            counted={describeFilters(budget.filters, names)}
            mayChange={mayChange}
          />
        ))}
      </div>
      <ShowMore total={budgets?.length ?? 0} shown={shown.length} onMore={setMost} />
      <BudgetDialog opened={isDialogOpen} onClose={() => setIsDialogOpen(false)} budget={draft} counted="All costs" />
    </main>
  );
}
