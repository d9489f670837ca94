import { Button, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { describeFilters } from '../budgets/counted-costs.ts';
import { useFilterNames } from '../budgets/use-filter-names.ts';
import { useMay } from '../session/use-session.ts';
import { Dialog } from '../ui/dialog.tsx';
import layout from '../ui/layout.module.css';
import { ChannelCard } from './channel-card.tsx';
import { ChannelForm } from './channel-form.tsx';
import styles from './channels.module.css';
import { useChannels } from './use-channels.ts';

/** Where alerts and digests are sent. */
export function ChannelsSection() {
  const { channels, error } = useChannels();
  const mayChange = useMay('channels:write');
  const names = useFilterNames(channels ?? []);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section aria-labelledby="channels" className={styles.section}>
      <header className={layout.row}>
        <Title order={2} size="h5" id="channels">
          Where alerts are sent
        </Title>
        {mayChange && (
          <Button size="xs" variant="default" onClick={() => setIsOpen(true)}>
            Add a channel
          </Button>
        )}
        <Dialog opened={isOpen} onClose={() => setIsOpen(false)} title="Add a channel">
          <ChannelForm channel={undefined} onDone={() => setIsOpen(false)} />
        </Dialog>
      </header>
      {error && <ProblemAlert error={error} />}
      {channels?.length === 0 && (
        <Text size="sm" c="dimmed">
          Nowhere: they are listed here alone. A channel sends them by e-mail, to Slack or to a webhook.
        </Text>
      )}
      {channels?.map((channel) => (
        <ChannelCard
          key={channel.id}
          channel={channel}
          counted={describeFilters(channel.filters, names)}
          mayChange={mayChange}
        />
      ))}
    </section>
  );
}
