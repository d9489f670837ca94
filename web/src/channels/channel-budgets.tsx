import { Checkbox } from '@mantine/core';
import { useBudgets } from '../budgets/use-budgets.ts';
import { budgetChoices } from './channel-draft.ts';
import styles from './channels.module.css';

/** Of which budgets a channel gets alerts; nothing where there are none to choose from. */
export function ChannelBudgets({ chosen, onChoose }: { chosen: string[]; onChoose: (ids: string[]) => void }) {
  const { budgets } = useBudgets();
  const choices = budgets ? budgetChoices(budgets, chosen) : [];
  if (choices.length === 0) return null;
  return (
    <Checkbox.Group label="Budgets" description="All of them where none is ticked" value={chosen} onChange={onChoose}>
      <div className={styles.boxes}>
        {choices.map(({ id, name }) => (
          <Checkbox key={id} size="xs" value={id} label={name} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
