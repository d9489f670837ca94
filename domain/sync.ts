import type { Day } from './day.ts';
import type { Slice } from './slice.ts';

/** How many days are synced when an organization is connected. */
export const HISTORY_DAYS = 365;

/** Why a sync runs: to fill the history, for the day that has ended, or for a range that a user requested. */
export type SyncMode = 'backfill' | 'daily' | 'range';

/**
 * The days of a sync. `from`: the start of the history by default. `reread_days`: days are read again until this many
 * days after they ended; 0 reads only missing days.
 */
export type SyncRange = { from?: Day; to: Day; reread_days: number };

/**
 * Whose API keys a sync lists: those of projects in whose facts since a UTC day a key has no name; those of every project
 * where it is undefined.
 */
export type NamesToRead = { unnamed_since: Day | undefined };

/** The slices that a sync reads, newest first, and the key that it uses. */
export type SyncPlan = {
  costs: Slice[];
  usage: Slice[];
  credential_id: string;
  /** Whether a problem of the key has stopped the integration: then the key is tried before anything is read. */
  is_stopped: boolean;
};

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

/** How many days after its end a day is still read again: by the daily sync, and on Mondays. */
export type Rereading = { reread_days: number; reread_days_weekly: number };
