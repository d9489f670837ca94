import { ALERT_KINDS, type AlertKind } from '../alerts/alert.ts';

export const CHANNEL_KINDS = ['webhook', 'slack', 'email'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const DIGESTS = ['weekly', 'monthly'] as const;
export type Digest = (typeof DIGESTS)[number];

/** What a channel may get: `none`, by itself, of one that gets digests alone. */
export const CHANNEL_ALERTS = [...ALERT_KINDS, 'none'] as const;

/** Where a tenant's alerts and digests are sent to. The URL and the signing secret are sealed, and no part of it. */
export type Channel = {
  channel_id: string;
  name: string;
  kind: ChannelKind;
  /** Of the URL; '' of e-mail. */
  host: string;
  recipients: readonly string[];
  /** All kinds where it is empty. */
  alert_kinds: readonly (typeof CHANNEL_ALERTS)[number][];
  /** All budgets where it is empty. */
  budget_ids: readonly string[];
  digests: readonly Digest[];
};

/** Whether a channel gets an alert. `budget_id`: '' of an alert that is not of a budget. */
export function isSentTo(
  { alert_kinds, budget_ids }: Pick<Channel, 'alert_kinds' | 'budget_ids'>,
  { kind, budget_id }: { kind: AlertKind; budget_id: string },
): boolean {
  if (alert_kinds.length > 0 && !alert_kinds.includes(kind)) return false;
  return kind !== 'budget' || budget_ids.length === 0 || budget_ids.includes(budget_id);
}

/** How an attempt to deliver ended. A receipt holds no text of the receiver's. */
export const OUTCOMES = [
  'delivered',
  /** The receiver responded with a status that is no success. */
  'refused',
  /** The receiver responded with a redirect, which is not followed. */
  'redirected',
  /** It could not be reached, or did not respond in time. */
  'unreachable',
  /** The URL is not https, or leads to a private address. */
  'address_refused',
  /** The receiver's certificate is not valid. */
  'certificate_invalid',
  /** The worker has no SMTP_URL. */
  'not_configured',
  /** The worker lacks the private key that the secret was sealed for. */
  'secret_unreadable',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** `status`: of HTTP or SMTP; 0 where there was no response. */
export type Receipt = { outcome: Outcome; status: number };
