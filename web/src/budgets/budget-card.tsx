import { Anchor, Badge, Button, Paper, Progress, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { BudgetView } from '#api/routes/budgets/budget-view.ts';
import { Amount } from '../ui/amount.tsx';
import { longRange } from '../ui/format/day.ts';
import { formatPercent } from '../ui/format/number.ts';
import layout from '../ui/layout.module.css';
import { TruncatedName } from '../ui/truncated-name.tsx';
import BudgetDialog from './budget-dialog.tsx';
import styles from './budgets.module.css';
import { costsOf } from './counted-costs.ts';
import { DeleteBudgetDialog } from './delete-budget-dialog.tsx';
import { describeBudget, describeThresholds, stateLabel } from './describe-budget.ts';

const colour: Record<BudgetView['state'], string> = {
  exceeded: 'red',
  at_risk: 'orange',
  unknown: 'gray',
  on_track: 'teal',
};

type Props = {
  budget: BudgetView;
  /** What it counts, in words. */
  counted: string;
  mayChange: boolean;
};

/** One budget: how much is spent, how it stands, and its actions. */
export function BudgetCard({ budget, counted, mayChange }: Props) {
  const [dialog, setDialog] = useState<'change' | 'delete'>();
  const { id, name, amount, currency, period, spent, spent_percent, state, thresholds } = budget;
  const close = () => setDialog(undefined);
  const href = costsOf(budget);
  const percent = formatPercent(spent_percent, 1);
  return (
    <Paper withBorder p="md" radius="md" component="article" aria-labelledby={`title-${id}`} className={styles.card}>
      <header className={layout.row}>
        <Title order={2} size="h5" id={`title-${id}`} className={styles.name}>
          <TruncatedName text={name} />
        </Title>
        <Badge variant="outline" color={colour[state]}>
          {stateLabel[state]}
        </Badge>
      </header>
      <p className={styles.spent}>
        <strong>
          <Amount amount={spent} currency={currency} />
        </strong>{' '}
        of <Amount amount={amount} currency={currency} /> a {period}, {percent}
      </p>
      <Progress
        value={Math.min(100, Math.max(0, Number(spent_percent)))}
        color={colour[state]}
        aria-label={`${name}: ${percent} spent`}
      />
      <Text size="sm">{describeBudget(budget)}</Text>
      <Text size="sm" c="dimmed">
        {longRange(budget)} · {counted}
        <br />
        {describeThresholds(thresholds)}
      </Text>
      <div className={layout.row}>
        {mayChange && (
          <>
            <Button size="xs" variant="default" onClick={() => setDialog('change')}>
              Change
            </Button>
            <Button size="xs" variant="default" onClick={() => setDialog('delete')}>
              Delete
            </Button>
          </>
        )}
        {href && (
          <Anchor size="sm" underline="always" component={Link} href={href}>
            Its costs
          </Anchor>
        )}
        <BudgetDialog opened={dialog === 'change'} onClose={close} budget={budget} counted={counted} />
        <DeleteBudgetDialog opened={dialog === 'delete'} onClose={close} budget={budget} />
      </div>
    </Paper>
  );
}
