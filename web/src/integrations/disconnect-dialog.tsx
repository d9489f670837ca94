import { Button, Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { useApi } from '../api/context.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useAction } from '../api/use-action.ts';
import { Dialog } from '../ui/dialog.tsx';
import { isTyped, organizationName } from './organization-name.ts';

type Props = {
  integration: IntegrationView;
  /** As the card displays it. */
  name: string;
  opened: boolean;
  onClose: () => void;
  onDone: (how: { takesLonger: boolean }) => void;
};

/** Deletes the key, and on request the data. The organization's name must be typed to confirm. */
export function DisconnectDialog({ integration, name, opened, onClose, onDone }: Props) {
  const api = useApi();
  const [typed, setTyped] = useState('');
  const [purge, setPurge] = useState(false);
  const { id } = integration;
  const confirmed = isTyped(typed, integration);

  const disconnect = useAction(async () => {
    const { status } = await api(`/v1/integrations/${id}?purge=${purge}`, { method: 'DELETE' });
    onClose();
    onDone({ takesLonger: status === 202 });
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (confirmed) disconnect.run();
  }

  return (
    <Dialog opened={opened} onClose={onClose} title={`Disconnect ${name}`}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">
            The key is deleted and syncing stops. The costs read so far stay, unless you delete them, too.
          </Text>
          <Checkbox
            label="Delete all its costs and usage, too"
            checked={purge}
            onChange={({ currentTarget }) => setPurge(currentTarget.checked)}
          />
          <TextInput
            label={`Type ${organizationName(integration)} to confirm`}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
          {disconnect.error !== undefined && <ProblemAlert error={disconnect.error} isOfAction />}
          <Button type="submit" color="red" disabled={!confirmed} loading={disconnect.running}>
            {purge ? 'Disconnect and delete' : 'Disconnect'}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
