import { Button, Checkbox, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ChannelView } from '#api/routes/channels/channel-view.ts';
import { ALERT_KINDS } from '#domain/alerts/alert.ts';
import { CHANNEL_KINDS, DIGESTS } from '#domain/channels/channel.ts';
import { kindName } from '../alerts/describe-alert.ts';
import { jsonBody } from '../api/client.ts';
import { useApi } from '../api/context.ts';
import { ProblemAlert } from '../api/problem-alert.tsx';
import { useAction } from '../api/use-action.ts';
import { ChannelBudgets } from './channel-budgets.tsx';
import { ChannelCosts } from './channel-costs.tsx';
import { channelBody, newSigningSecret, tickedKinds } from './channel-draft.ts';
import styles from './channels.module.css';
import { channelKind } from './describe-channel.ts';
import { CHANNELS } from './use-channels.ts';

/** @param channel the one that is changed; undefined for a new one */
export function ChannelForm({ channel, onDone }: { channel: ChannelView | undefined; onDone: () => void }) {
  const api = useApi();
  const client = useQueryClient();
  const [kind, setKind] = useState(channel?.kind ?? 'email');
  const [typed, setTyped] = useState(() => ({
    name: channel?.name ?? '',
    url: '',
    recipients: channel?.recipients.join(', ') ?? '',
    // A new webhook needs one; the receiver has to get it, and no response shows it again.
    signingSecret: channel ? '' : newSigningSecret(),
    alertKinds: tickedKinds(channel),
    budgetIds: channel?.budget_ids ?? [],
    filters: channel?.filters ?? {},
    digests: channel?.digests ?? [],
  }));
  const type = (change: Partial<typeof typed>) => setTyped({ ...typed, ...change });
  const [idempotencyKey] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'));

  const save = useAction(async () => {
    const name = typed.name.trim() || channelKind[kind];
    const { headers, ...request } = jsonBody(channel ? 'PUT' : 'POST', channelBody(kind, { ...typed, name }, channel));
    await api(channel ? `${CHANNELS}/${channel.id}` : CHANNELS, {
      ...request,
      headers: { ...headers, ...(!channel && { 'idempotency-key': idempotencyKey }) },
    });
    await client.invalidateQueries({ queryKey: [CHANNELS] });
    onDone();
  });
  const getsNothing = typed.alertKinds.length === 0 && typed.digests.length === 0;
  function submit(event: FormEvent) {
    event.preventDefault();
    save.run();
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {!channel && (
          <SegmentedControl
            size="xs"
            aria-label="Kind"
            value={kind}
            onChange={(value) => setKind(value as ChannelView['kind'])}
            data={CHANNEL_KINDS.map((value) => ({ value, label: channelKind[value] }))}
          />
        )}
        {kind === 'email' ? (
          <TextInput
            label="Recipients"
            placeholder="ann@example.com, bo@example.com"
            value={typed.recipients}
            onChange={({ currentTarget }) => type({ recipients: currentTarget.value })}
            data-autofocus
          />
        ) : (
          <TextInput
            label={kind === 'slack' ? 'URL of the incoming webhook' : 'URL'}
            description={channel && `It is kept sealed. Leave it empty to keep ${channel.host}.`}
            placeholder={kind === 'slack' ? 'https://hooks.slack.com/services/…' : 'https://'}
            value={typed.url}
            autoComplete="off"
            onChange={({ currentTarget }) => type({ url: currentTarget.value })}
            data-autofocus
          />
        )}
        {kind === 'webhook' && (
          <TextInput
            label="Signing secret"
            description={
              channel
                ? 'Leave it empty to keep the one in use.'
                : 'Copy it to the receiver now: it is never shown again.'
            }
            value={typed.signingSecret}
            autoComplete="off"
            onChange={({ currentTarget }) => type({ signingSecret: currentTarget.value })}
          />
        )}
        <TextInput
          label="Name"
          placeholder={channelKind[kind]}
          value={typed.name}
          maxLength={100}
          onChange={({ currentTarget }) => type({ name: currentTarget.value })}
        />
        <Checkbox.Group
          label="Alerts"
          value={typed.alertKinds}
          onChange={(alertKinds) => type({ alertKinds: alertKinds as typeof typed.alertKinds })}
        >
          <div className={styles.boxes}>
            {ALERT_KINDS.map((value) => (
              <Checkbox key={value} size="xs" value={value} label={kindName[value]} />
            ))}
          </div>
        </Checkbox.Group>
        {typed.alertKinds.includes('budget') && (
          <ChannelBudgets chosen={typed.budgetIds} onChoose={(budgetIds) => type({ budgetIds })} />
        )}
        <Checkbox.Group
          label="Digests"
          value={typed.digests}
          onChange={(digests) => type({ digests: digests as typeof typed.digests })}
        >
          <div className={styles.boxes}>
            {DIGESTS.map((value) => (
              <Checkbox key={value} size="xs" value={value} label={value} />
            ))}
          </div>
        </Checkbox.Group>
        <ChannelCosts filters={typed.filters} onChange={(filters) => type({ filters })} />
        {getsNothing && <Text size="sm">Choose at least one kind of alert, or a digest.</Text>}
        {save.error !== undefined && <ProblemAlert error={save.error} isOfAction />}
        <Button type="submit" loading={save.running} disabled={getsNothing}>
          {channel ? 'Save' : 'Add the channel'}
        </Button>
      </Stack>
    </form>
  );
}
