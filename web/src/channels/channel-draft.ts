import type { ChannelView } from '#api/routes/channels/channel-view.ts';

/** A webhook's signing secret, as Standard Webhooks has it: `whsec_` and 32 random bytes. */
export const newSigningSecret = (): string =>
  `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`;

/** Addresses as people type them: separated by commas, semicolons, spaces or lines. */
export const readRecipients = (typed: string): string[] => [...new Set(typed.split(/[\s,;]+/).filter(Boolean))];

/** What is typed in the form. The secrets of a channel are never shown: left empty, they stay as they are. */
export type Typed = {
  name: string;
  url: string;
  recipients: string;
  signingSecret: string;
  alertKinds: ChannelView['alert_kinds'];
  digests: ChannelView['digests'];
};

/** The request for a channel of a kind. Only what its kind has is sent. */
export function channelBody(kind: ChannelView['kind'], typed: Typed, channel: ChannelView | undefined) {
  const { name, url, recipients, signingSecret, alertKinds, digests } = typed;
  return {
    ...(!channel && { kind }),
    name,
    alert_kinds: alertKinds,
    digests,
    budget_ids: channel?.budget_ids ?? [],
    ...(kind === 'email' ? { recipients: readRecipients(recipients) } : url.trim() && { url: url.trim() }),
    ...(kind === 'webhook' && signingSecret && { signing_secret: signingSecret }),
  };
}
