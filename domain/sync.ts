import { addDays, type Day, daysOf, isMonday } from './day.ts';
import type { Slice } from './slice.ts';

/** How many days are synced when an organization is connected. */
export const HISTORY_DAYS = 365;

/** Why a sync runs: to fill the history, for the day that has ended, or for a range that a user requested. */
export type SyncMode = 'backfill' | 'daily' | 'range';

/** Which days that are stored already a sync reads again: recent ones, more of them once a week, or all. */
export type Reread = 'none' | 'recent' | 'weekly' | 'all';

/**
 * What a daily sync reads again: more on Mondays, and a run that is late makes up for its Monday.
 * @param due the UTC day that it should have run on
 */
export function rereadOf(due: Day, today: Day): Reread {
  const days = daysOf({ from: due, to: addDays(today, 1) });
  return days.some(isMonday) ? 'weekly' : 'recent';
}

/** The days of a sync. `from`: the start of the history by default. */
export type SyncRange = { from?: Day; to: Day; reread: Reread };

/** The slices that a sync reads, newest first, and the key that it uses. */
export type SyncPlan = {
  costs: Slice[];
  usage: Slice[];
  credential_id: string;
  /** Whether a problem of the key has stopped the integration: then the key is tried before anything is read. */
  is_stopped: boolean;
} & NamesToRead;

/**
 * Whose API keys a sync lists: those of projects in whose facts since a UTC day a key has no name; those of every project
 * where it is null.
 */
export type NamesToRead = { unnamed_since: Day | null };

/** What a sync read, and what of it was new. */
export type SyncReport = {
  /** Slices that were read. */
  slices: number;
  days: number;
  facts: number;
  changed: number;
  /** Set where the provider keeps no older days: the first day that it keeps. */
  earliest?: Day | undefined;
};

/** What a comparison of all integrations with Temporal did, as counts of integrations, schedules and keys. */
export type Reconciliation = {
  checked: number;
  repaired: number;
  /** Back from a backup that was older than their disconnection. */
  disconnected: number;
  /** Deleted again: a backup, or a write after their purge, had brought rows of theirs back; or their sweep was ended. */
  purged: number;
  schedules_deleted: number;
  keys_deleted: number;
};

/** How many days after its end a day is still read again: by the daily sync, and on Mondays. */
export type Rereading = { reread_days: number; reread_days_weekly: number };
