import type { UsageDataset } from './dataset.ts';
import type { Day } from './day.ts';
import type { Slice } from './slice.ts';

/** How many days are read when an organization is connected. */
export const HISTORY_DAYS = 365;

/** Why a sync runs: to fill the history, because its day has come, or because somebody asked for a range. */
export type SyncMode = 'backfill' | 'daily' | 'range';

/**
 * What a sync considers. `from`: by default the start of the history. `reread_days`: days are read again until this
 * many days after they ended; 0 reads only what is missing.
 */
export type SyncRange = { from?: Day; to: Day; reread_days: number };

/** The slices that a sync has to read, newest first, and the key to read them with. */
export type SyncPlan = {
  costs: Slice<'costs'>[];
  /** One list for each usage endpoint that has something to read. */
  usage: Slice<UsageDataset>[][];
  credential_id: string;
};

/** OpenAI restates recent days: how many days after their end they are read again, daily and on Mondays. */
export type Rereading = { reread_days: number; reread_days_weekly: number };
