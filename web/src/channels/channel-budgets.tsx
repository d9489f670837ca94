import { useBudgets } from '../budgets/use-budgets.ts';
import { budgetChoices } from './channel-draft.ts';
import { Choices } from './choices.tsx';

/** Of which budgets a channel gets alerts. */
export function ChannelBudgets({ chosen, onChoose }: { chosen: string[]; onChoose: (ids: string[]) => void }) {
  const { budgets } = useBudgets();
  const choices = budgets ? budgetChoices(budgets, chosen) : [];
  return <Choices label="Budgets" choices={choices} chosen={chosen} onChoose={onChoose} />;
}
