import type { ChannelView } from '#api/routes/channels/channel-view.ts';
import { ALERT_KINDS, type AlertKind } from '#domain/alerts/alert.ts';

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
  alertKinds: AlertKind[];
  budgetIds: string[];
  filters: ChannelView['filters'];
  digests: ChannelView['digests'];
};

/** The kinds that are ticked, as the API has them: an empty list is every kind there. */
const kindsOf = (ticked: readonly AlertKind[]) =>
  ticked.length === ALERT_KINDS.length ? [] : ticked.length === 0 ? ['none'] : ticked;

/** The kinds to tick for a channel. */
export function tickedKinds(channel: ChannelView | undefined): AlertKind[] {
  if (!channel || channel.alert_kinds.length === 0) return [...ALERT_KINDS];
  return channel.alert_kinds.filter((kind) => kind !== 'none');
}

/** The budgets to choose from. A deleted one stays ticked until it is unticked: without any tick, all are told. */
export const budgetChoices = (budgets: readonly { id: string; name: string }[], chosen: readonly string[]) => [
  ...budgets.map(({ id, name }) => ({ id, name })),
  ...chosen
    .filter((id) => budgets.every((budget) => budget.id !== id))
    .map((id) => ({ id, name: 'A deleted budget, which raises no alerts' })),
];

/** The organizations or projects to choose from. One that is gone stays ticked until it is unticked. */
export const costChoices = (listed: readonly { id: string; name: string }[], chosen: readonly string[] = []) => [
  ...listed,
  ...chosen.filter((id) => listed.every((each) => each.id !== id)).map((id) => ({ id, name: id || 'Not attributed' })),
];

/** Filters with other values of a dimension; without any, it selects nothing. */
export function narrowed(filters: ChannelView['filters'], dimension: string, values: string[]): ChannelView['filters'] {
  const { [dimension]: _, ...others } = filters;
  return values.length === 0 ? others : { ...others, [dimension]: values };
}

/** The request for a channel of a kind. Only what its kind has is sent. */
export function channelBody(kind: ChannelView['kind'], typed: Typed, channel: ChannelView | undefined) {
  const { name, url, recipients, signingSecret, alertKinds, budgetIds, filters, digests } = typed;
  return {
    ...(!channel && { kind }),
    name,
    alert_kinds: kindsOf(alertKinds),
    digests,
    budget_ids: budgetIds,
    filters,
    ...(kind === 'email' ? { recipients: readRecipients(recipients) } : url.trim() && { url: url.trim() }),
    ...(kind === 'webhook' && signingSecret && { signing_secret: signingSecret }),
  };
}
