import { addDays, DAY_MS, type Day, type DayRange, dayAt, monthOf } from '../day.ts';
import { type Decimal, percentOf } from '../decimal.ts';
import { dayInWords, daysInWords, moneyInWords } from '../in-words.ts';
import { expiresSoon, type IntegrationProblem } from '../integration.ts';
import { type NotUnderstood, notUnderstoodInWords } from '../not-understood.ts';
import type { AlertFacts, AlertKind, AlertSubject } from './alert.ts';
import { lateFrom } from './daily-events.ts';

/** Kinds of alerts that an integration gives reason to, by what it is and not by what it costs. */
export type EventKind = Exclude<AlertKind, 'budget' | 'anomaly'>;

/**
 * An alert that an integration gives reason to, and what it says. `series`: how the ids of alerts of the same begin,
 * however far it has moved. `keeps`: the ids of alerts that are not over by it, but came true. `is_held`: it is not told
 * yet, but one of its series that was told goes on.
 */
export type IntegrationEvent = {
  tenant_id: string;
  subject: AlertSubject;
  facts: AlertFacts;
  series?: string;
  is_held?: boolean;
  keeps?: readonly string[];
};

export type Integration = { tenant_id: string; integration_id: string };
type Troubled = Integration & {
  organization_name: string;
  problem: IntegrationProblem;
  key_expires_at: string | null;
  last_read: number;
  read_until: number;
  late: number;
  connected: number;
};

const NEW_KEY = 'Create a new Admin key and connect the organization with it: what was missed is read then.';
const BY_ITSELF = 'Nothing is lost: once that is corrected, the next sync reads the missing days.';
/** `provider_unavailable` is missing: OpenAI refuses many tenants then, and there is nothing to do but to wait. */
const REASONS: Partial<Record<IntegrationProblem, string>> = {
  key_rejected: `OpenAI rejects the key: it was revoked. ${NEW_KEY}`,
  key_expired: `The key has expired. ${NEW_KEY}`,
  scope_missing: `The key may not read costs any more. ${NEW_KEY}`,
  credential_missing: `The key is no longer stored. ${NEW_KEY}`,
  wrong_region: `OpenAI serves the organization from another region. ${BY_ITSELF}`,
  network_refused: `OpenAI does not admit the workers' network: the organization has an IP allow-list. ${BY_ITSELF}`,
  country_unsupported: `OpenAI does not serve the country that the workers are in. ${BY_ITSELF}`,
  key_unreadable: `The workers lack the private key that the Admin key was sealed for. ${BY_ITSELF}`,
};

/** So many at once, and such a share of all, have one reason that is none of theirs: our own outage, or OpenAI's. */
const [MANY, MANY_SHARE] = [3, 0.1];

/** Whether many are late. They are told a day later, if they are still: what was down reads what is missing by then. */
const isOfMany = ({ late, connected }: Pick<Troubled, 'late' | 'connected'>) =>
  late >= MANY && late >= MANY_SHARE * connected;

/** That syncs stopped or bring nothing, once for each time; that a key will expire, once for each key. */
export function troubleEvents(troubled: Troubled, now: number): IntegrationEvent[] {
  const { organization_name, problem, key_expires_at, last_read, read_until } = troubled;
  const late_from = lateFrom(now);
  const name = organization_name || 'An organization';
  const events: IntegrationEvent[] = [];
  const reason = REASONS[problem];
  if (reason) {
    const since = last_read ? ` since ${dayInWords(dayAt(last_read))}` : '';
    events.push(
      eventOf(troubled, 'sync_stopped', [problem, last_read.toString(36)], {
        days: oneDay(dayAt(last_read || now)),
        title: `${name} is not synced any more`,
        text: `No costs were read${since}. ${reason}`,
      }),
    );
  }
  if (!reason && read_until < late_from) {
    const day = dayAt(read_until);
    const late = eventOf(troubled, 'sync_stopped', ['late', read_until.toString(36)], {
      days: oneDay(day),
      title: `${name} gets no new costs`,
      text:
        `The costs from ${dayInWords(day)} on were not read yet. Nothing is lost: the next sync that succeeds reads what ` +
        `is missing.`,
    });
    const is_held = isOfMany(troubled) && read_until >= late_from - DAY_MS;
    events.push({ ...late, series: alertId(troubled, 'sync_stopped', ['late', '']), ...(is_held && { is_held }) });
  }
  if (!reason && key_expires_at && expiresSoon(key_expires_at, now)) {
    events.push(
      eventOf(troubled, 'key_expires', [key_expires_at.slice(0, 10)], {
        days: oneDay(key_expires_at.slice(0, 10)),
        title: `The Admin key of ${name} expires on ${dayInWords(key_expires_at.slice(0, 10))}`,
        text: `Syncs stop then. Create a new Admin key and connect the organization with it before.`,
      }),
    );
  }
  return events;
}

/** `ours`, `theirs`: the sums of the days that differ. `difference`: of each day by itself, without its sign. */
type Differing = Integration & {
  month: Day;
  currency: string;
  days: readonly Day[];
  ours: Decimal;
  theirs: Decimal;
  difference: Decimal;
};

const NAMED_DAYS = 5;

/** That days do not add up, once for each month. */
export function differenceEvent(differing: Differing): IntegrationEvent {
  const { month, currency, days, ours, theirs, difference } = differing;
  const [first = month, last = first] = [days[0], days.at(-1)];
  const named = days.slice(0, NAMED_DAYS).map(dayInWords);
  const rest = days.length - named.length;
  const money = (amount: Decimal) => moneyInWords(amount, currency);
  return eventOf(differing, 'reconciliation', [month, currency], {
    days: { from: first, to: addDays(last, 1) },
    title: `${days.length === 1 ? 'A day does' : `${days.length} days do`} not add up to OpenAI’s total`,
    text:
      `On ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}, our facts add up to ${money(ours)} and OpenAI’s own ` +
      `totals to ${money(theirs)}: ${days.length === 1 ? 'they differ' : 'day by day, they differ'} by ${money(difference)}. ` +
      'Read the days again; if that changes nothing, ask OpenAI.',
    amount: theirs,
    spent: ours,
    currency,
  });
}

type Unknown = Integration & NotUnderstood & { month: Day; currency: string };

/** That more than 1 % of the costs are not understood, once for each month. */
export function unknownEvent(unknown: Unknown): IntegrationEvent {
  const { currency, amount, total } = unknown;
  const month = monthOf(unknown.month);
  const { isWhole, text } = notUnderstoodInWords(unknown, daysInWords(month), (each) => moneyInWords(each, currency));
  return eventOf(unknown, 'unknown_line_items', [month.from, currency], {
    days: month,
    title: `${percentOf(amount, total)} % of the costs are for line items that are not understood in full`,
    text,
    amount: total,
    spent: amount,
    currency,
    ...(isWhole && { filters: { token_type: ['other'] } }),
  });
}

type Told = { days: DayRange; title: string; text: string } & Partial<AlertFacts>;

export const alertId = ({ integration_id }: Integration, kind: EventKind, name: readonly string[]) =>
  [kind, integration_id, ...name].join('-').replaceAll(/[^A-Za-z0-9]/g, '-');

export function eventOf(
  integration: Integration,
  kind: EventKind,
  name: readonly string[],
  told: Told,
): IntegrationEvent {
  const { tenant_id, integration_id } = integration;
  const { days, ...facts } = told;
  const nothing = { amount: null, spent: null, forecast: null, currency: '', budget_name: '', filters: {} };
  return {
    tenant_id,
    subject: { kind, alert_id: alertId(integration, kind, name), integration_id, ...days },
    facts: { ...nothing, day: addDays(days.to, -1), ...facts },
  };
}

const oneDay = (day: Day): DayRange => ({ from: day, to: addDays(day, 1) });
