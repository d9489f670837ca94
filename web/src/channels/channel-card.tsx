import { Alert, Badge, Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChannelView } from '#api/routes/channels/channel-view.ts';
import { useApi } from '../api/context.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useAction } from '../api/use-action.ts';
import { Dialog } from '../ui/dialog.tsx';
import layout from '../ui/layout.module.css';
import { TruncatedName } from '../ui/truncated-name.tsx';
import { ChannelForm } from './channel-form.tsx';
import styles from './channels.module.css';
import { channelKind, describeContent, describeFailure, describeHealth, describeReceiver } from './describe-channel.ts';
import { ResendButton } from './resend-button.tsx';
import { TestButton } from './test-button.tsx';
import { CHANNELS } from './use-channels.ts';

type Props = {
  channel: ChannelView;
  /** The costs that it selects, in words. */
  counted: string;
  mayChange: boolean;
};

/** One channel: where it leads, what it gets, whether it arrives, and its actions. */
export function ChannelCard({ channel, counted, mayChange }: Props) {
  const api = useApi();
  const client = useQueryClient();
  const [dialog, setDialog] = useState<'change' | 'delete'>();
  const close = () => setDialog(undefined);
  const remove = useAction(async () => {
    await api(`${CHANNELS}/${channel.id}`, { method: 'DELETE' });
    close();
    await client.invalidateQueries({ queryKey: [CHANNELS] });
  });
  const { id, name, kind } = channel;
  const failure = describeFailure(channel);
  return (
    <Paper withBorder p="md" radius="md" component="article" aria-labelledby={`title-${id}`} className={styles.card}>
      <header className={layout.row}>
        <Title order={3} size="h6" id={`title-${id}`} className={styles.name}>
          <TruncatedName text={name} />
        </Title>
        <Badge variant="outline" color="gray">
          {channelKind[kind]}
        </Badge>
      </header>
      <Text size="sm" className={styles.name}>
        {describeReceiver(channel)}
      </Text>
      <Text size="sm" c="dimmed">
        {describeContent(channel, counted)}
      </Text>
      {failure ? (
        <Alert color="red" variant="outline" p="xs">
          {failure}
        </Alert>
      ) : (
        <Text size="sm" c="dimmed">
          {describeHealth(channel)}
        </Text>
      )}
      {mayChange && (
        <div className={layout.row}>
          <TestButton id={id} />
          <ResendButton id={id} undelivered={channel.undelivered} />
          <Button size="xs" variant="default" onClick={() => setDialog('change')}>
            Change
          </Button>
          <Button size="xs" variant="default" onClick={() => setDialog('delete')}>
            Delete
          </Button>
          <Dialog opened={dialog === 'change'} onClose={close} title={`Change ${name}`}>
            <ChannelForm channel={channel} onDone={close} />
          </Dialog>
          <Dialog opened={dialog === 'delete'} onClose={close} title={`Delete ${name}?`}>
            <Stack>
              <Text size="sm">It gets nothing any more. Its secrets are deleted.</Text>
              {remove.error !== undefined && <ProblemAlert error={remove.error} isOfAction />}
              <Button color="red" onClick={() => remove.run()} loading={remove.running} data-autofocus>
                Delete the channel
              </Button>
            </Stack>
          </Dialog>
        </div>
      )}
    </Paper>
  );
}
