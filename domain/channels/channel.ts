import { ALERT_KINDS, type AlertKind } from '../alerts/alert.ts';
import type { Causes } from '../causes/causes.ts';
import { CAUSE_DIMENSIONS } from '../causes/cost-change.ts';

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
  /** By dimension of costs, the values whose alerts and digests it gets; all where it is empty. */
  filters: Filters;
  digests: readonly Digest[];
};

type Filters = Readonly<Record<string, readonly string[]>>;

/** What an alert is about. */
type About = {
  kind: AlertKind;
  budget: { id: string } | null;
  integration_id: string | null;
  filters: Filters;
  causes: Pick<Causes, 'contributors'> | null;
};

/** Whether a channel gets an alert. */
export function isSentTo(
  { alert_kinds, budget_ids, filters }: Pick<Channel, 'alert_kinds' | 'budget_ids' | 'filters'>,
  alert: About,
): boolean {
  if (alert_kinds.length > 0 && !alert_kinds.includes(alert.kind)) return false;
  if (alert.budget && budget_ids.length > 0 && !budget_ids.includes(alert.budget.id)) return false;
  return concerns(alert, filters);
}

/** Whether an alert is about costs that filters select: in part is enough. */
export function concerns(alert: Omit<About, 'budget'>, filters: Filters): boolean {
  // A budget of a project may name no organization. The project says enough.
  const isOfAny = alert.kind === 'budget' && !alert.filters.integration_id;
  const selected = Object.entries(filters);
  const told = isOfAny && selected.length > 1 ? selected.filter(([name]) => name !== 'integration_id') : selected;
  return told.every(([name, values]) => valuesOf(alert, name).some((value) => values.includes(value)));
}

/**
 * What an alert is about in a dimension. One that is of no value of it is of none, but for an anomaly: it is of what rose
 * most, as of the project of an API key.
 */
function valuesOf({ kind, integration_id, filters, causes }: Omit<About, 'budget'>, name: string): readonly string[] {
  if (filters[name]) return filters[name];
  if (name === 'integration_id') return integration_id ? [integration_id] : [];
  const dimension = CAUSE_DIMENSIONS.find((each) => each === name);
  return kind === 'anomaly' && dimension ? (causes?.contributors ?? []).map((each) => each[dimension]) : [];
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

/** What came of sending again what a channel had not got: `failure`: of the first that was not delivered. */
export type Resent = { sent: number; left: number; failure: Receipt | null };
