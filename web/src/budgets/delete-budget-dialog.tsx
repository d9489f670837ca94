import { Button, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { BudgetView } from '#api/routes/budgets/budget-view.ts';
import { useApi } from '../api/context.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useAction } from '../api/use-action.ts';
import { OVERVIEW } from '../overview/use-overview.ts';
import { Dialog } from '../ui/dialog.tsx';
import { BUDGETS } from './use-budgets.ts';

type Props = { budget: BudgetView; opened: boolean; onClose: () => void };

/** Asks before a budget is deleted. */
export function DeleteBudgetDialog({ budget, opened, onClose }: Props) {
  const api = useApi();
  const client = useQueryClient();
  const remove = useAction(async () => {
    await api(`${BUDGETS}/${budget.id}`, { method: 'DELETE' });
    onClose();
    await client.invalidateQueries({ queryKey: [OVERVIEW] });
  });
  return (
    <Dialog opened={opened} onClose={onClose} title={`Delete ${budget.name}?`}>
      <Stack>
        <Text size="sm">It raises no alerts any more. Those that it raised stay.</Text>
        {remove.error !== undefined && <ProblemAlert error={remove.error} isOfAction />}
        <Button color="red" onClick={() => remove.run()} loading={remove.running} data-autofocus>
          Delete the budget
        </Button>
      </Stack>
    </Dialog>
  );
}
