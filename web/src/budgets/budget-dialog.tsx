import type { BudgetView } from '#api/routes/budgets/budget-view.ts';
import { Dialog } from '../ui/dialog.tsx';
import type { BudgetDraft } from './budget-draft.ts';
import { BudgetForm } from './budget-form.tsx';

type Props = {
  opened: boolean;
  onClose: () => void;
  /** The budget to change, or what a new one begins with. */
  budget: BudgetView | BudgetDraft;
  counted: string;
  hint?: string | undefined;
};

/** Sets a budget, or changes one. Exported as React's lazy wants it. */
export default function BudgetDialog({ opened, onClose, budget, counted, hint }: Props) {
  const id = 'id' in budget ? budget.id : undefined;
  return (
    <Dialog opened={opened} onClose={onClose} title={id ? `Change ${budget.name}` : 'Set a budget'}>
      <BudgetForm draft={budget} id={id} counted={counted} hint={hint} onDone={onClose} />
    </Dialog>
  );
}
