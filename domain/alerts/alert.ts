import type { Causes } from '../causes/causes.ts';
import type { Day, DayRange } from '../day.ts';
import type { Decimal } from '../decimal.ts';

/** What alerts are about. `sync_stopped`: the key is refused, or the server that uses it, or costs are late. */
export const ALERT_KINDS = [
  'budget',
  'anomaly',
  'sync_stopped',
  'key_expires',
  'reconciliation',
  'limit',
  'unknown_line_items',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/**
 * What is noted of an alert. Once raised, it is never raised again; what happens later is its history. `restated`: the
 * costs of an anomaly are far others by now. `ended`: what it tells is over, of alerts that no costs decide on; of these
 * `rose_again` is that it is not, after all.
 */
export const ALERT_EVENTS = ['raised', 'fell_below', 'rose_again', 'restated', 'ended', 'acknowledged'] as const;
export type AlertEvent = (typeof ALERT_EVENTS)[number];

/** `from`, `to`: the days that it is about. `integration_id`: '' where it is about all of the tenant's. */
type About = DayRange & { alert_id: string; integration_id: string };

/** An alert by what it is about. Histories hold this, and no money: its facts are read when it is recorded. */
export type AlertSubject =
  | (About & { kind: 'budget'; budget_id: string; revision: number; of: 'actual' | 'forecast'; percent: number })
  | { [K in Exclude<AlertKind, 'budget'>]: About & { kind: K } }[Exclude<AlertKind, 'budget'>];

export type SubjectOf<K extends AlertKind> = Extract<AlertSubject, { kind: K }>;

/** What an alert says, as it was when it was raised or when its history went on. */
export type AlertFacts = {
  /** One line: of what, and how much. */
  title: string;
  /** Sentences: how much of what, who, why, and what to do. */
  text: string;
  /** The day that it is to be shown on. */
  day: Day;
  /** The costs that it is about, by dimension; all costs where it is empty. */
  filters: Readonly<Record<string, readonly string[]>>;
  /** What the costs are compared with: a budget, a limit, what was expected. */
  amount: Decimal | null;
  spent: Decimal | null;
  forecast: Decimal | null;
  /** '' where no money is concerned. */
  currency: string;
  /** What explains the costs; none of an alert that no costs are the reason for, and of a quiet one. */
  causes?: Causes;
  /** Of an anomaly, the API keys that made up most of the rise: what it stands for. */
  api_key_ids?: readonly string[];
  /** The name of the budget; '' of other alerts. */
  budget_name: string;
};
