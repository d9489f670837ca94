import { Button, Checkbox, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { IntegrationView } from '#api/routes/integrations/integration-view.ts';
import { useAsk } from '../api/context.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useAction } from '../api/use-action.ts';

type Props = {
  integration: IntegrationView;
  opened: boolean;
  onClose: () => void;
  onDone: (how: { takesLonger: boolean }) => void;
};

/** Destroys the key, and the data where that is wanted; only for who types the organization's name. */
export function DisconnectDialog({ integration: { id, organization }, opened, onClose, onDone }: Props) {
  const ask = useAsk();
  const [typed, setTyped] = useState('');
  const [erase, setErase] = useState(false);
  const confirmed = typed.trim() === organization.name;

  const disconnect = useAction(async () => {
    const { status } = await ask(`/v1/integrations/${id}?purge=${erase}`, { method: 'DELETE' });
    onClose();
    onDone({ takesLonger: status === 202 });
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (confirmed) disconnect.run();
  }

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Disconnect ${organization.name}`}
      lockScroll={false}
      centered
      withinPortal={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">
            The key is destroyed and syncing stops. The costs that were read stay, unless you erase them.
          </Text>
          <Checkbox
            label="Erase all its costs and usage, too"
            checked={erase}
            onChange={({ currentTarget }) => setErase(currentTarget.checked)}
          />
          <TextInput
            label={`Type ${organization.name} to confirm`}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
          {disconnect.error !== undefined && <ProblemAlert error={disconnect.error} isOfAction />}
          <Button type="submit" color="red" disabled={!confirmed} loading={disconnect.running}>
            {erase ? 'Disconnect and erase' : 'Disconnect'}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
