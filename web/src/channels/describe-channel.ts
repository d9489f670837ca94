import type { ChannelView } from '#api/routes/channels/channel-view.ts';
import type { OUTCOMES, Resent } from '#domain/channels/channel.ts';
import { kindName } from '../alerts/describe-alert.ts';
import { localTime } from '../ui/format/day.ts';

export const channelKind: Record<ChannelView['kind'], string> = { email: 'E-mail', slack: 'Slack', webhook: 'Webhook' };

const outcomeText: Record<(typeof OUTCOMES)[number], string> = {
  delivered: 'It was delivered.',
  refused: 'The receiver refused it.',
  redirected: 'The receiver redirects, which is not followed: give the address that it redirects to.',
  unreachable: 'The receiver could not be reached, or did not respond in time.',
  address_refused: 'The address is not https, or leads into a private network.',
  certificate_invalid: 'The receiver’s certificate is not valid.',
  not_configured: 'E-mail is not set up here: the workers have no SMTP_URL.',
  secret_unreadable: 'The workers cannot open the channel’s secret: give it again.',
};

/** How an attempt to deliver ended, in words. */
export const describeOutcome = ({ outcome, status }: { outcome: keyof typeof outcomeText; status: number }): string =>
  `${outcomeText[outcome]}${outcome === 'refused' && status > 0 ? ` It responded with ${status}.` : ''}`;

/** Where a channel leads. */
export const describeReceiver = ({ kind, host, recipients }: ChannelView): string =>
  kind === 'email' ? recipients.join(', ') : (host ?? '');

/** What a channel gets. `counted`: the costs that it selects, in words. */
export function describeContent({ alert_kinds, budget_ids, filters, digests }: ChannelView, counted: string): string {
  const kinds = alert_kinds.filter((kind) => kind !== 'none').map((kind) => kindName[kind]);
  const getsNone = alert_kinds.includes('none');
  const alerts = getsNone ? 'no alerts' : kinds.length === 0 ? 'all alerts' : `alerts: ${kinds.join(', ')}`;
  const budgets =
    getsNone || budget_ids.length === 0
      ? ''
      : `, of budgets only ${budget_ids.length === 1 ? 'one' : budget_ids.length}`;
  const digest = digests.length === 0 ? '' : `; a ${digests.join(' and a ')} digest`;
  const costs = Object.keys(filters).length === 0 ? '' : `. Only of ${counted}`;
  return `Gets ${alerts}${budgets}${digest}${costs}`;
}

/** How its deliveries went, while none fails. */
export function describeHealth({ last_delivered_at, undelivered }: ChannelView): string {
  if (!last_delivered_at) return 'Nothing was sent yet';
  return `Last delivered on ${localTime(last_delivered_at)}${undelivered === 0 ? '' : `. ${missedText(undelivered)}`}`;
}

/** Since when its deliveries fail, and why; undefined while they do not. */
export function describeFailure(channel: ChannelView): string | undefined {
  const { failing_since, last_outcome, last_status, undelivered } = channel;
  if (failing_since === null) return undefined;
  const why = last_outcome ? ` ${describeOutcome({ outcome: last_outcome, status: last_status ?? 0 })}` : '';
  const missed = undelivered === 0 ? '' : ` ${missedText(undelivered)} ${GIVEN_UP}`;
  return `Nothing arrives since ${localTime(failing_since)}.${why}${missed}`;
}

const GIVEN_UP = 'Each is tried for a day, and then given up: once a test arrives, send them again.';
const missedText = (count: number) => `${count} ${count === 1 ? 'message has' : 'messages have'} not arrived.`;

/** What came of sending again what was missed. */
export function describeResent({ sent, left, failure }: Resent): string {
  const delivered = sent === 0 ? '' : `${sent} ${sent === 1 ? 'message was' : 'messages were'} delivered.`;
  const missed = left === 0 ? '' : `${missedText(left)} ${failure ? describeOutcome(failure) : 'Send again.'}`;
  return [delivered, missed].filter(Boolean).join(' ') || 'Nothing was missed.';
}
