import type { Client } from '@temporalio/client';
import type { Warehouse } from '#clickhouse/client/client.ts';
import type { Opener } from '#credentials/sealing.ts';
import type { Send } from '#domain/channels/send.ts';
import type { Rereading } from '#domain/sync.ts';
import type { OpenAi } from '#providers/openai/client.ts';
import type { Admit } from './byte-budget.ts';
import type { HeldDays } from './held-days.ts';
import type { WindowSizes } from './window-sizes.ts';

/** What activities work with. The worker creates it once. */
export type Dependencies = {
  warehouse: Warehouse;
  openai: OpenAi;
  opener: Opener;
  temporal: Client;
  /** Sends messages to channels. */
  send: Send;
  /** The page that messages link to. */
  pageUrl: string | undefined;
  /** Runs a read when so many bytes of responses may be in flight. */
  admit: Admit;
  /** How many days an activity holds until it writes them. */
  heldDays: HeldDays;
  sizes: WindowSizes;
  rereading: Rereading;
  /** When days are synced: a cron expression, in UTC. */
  dailyAt: string;
  /** How many days of history a new integration has: 365 by default, fewer where a test does not need them. */
  historyDays?: number;
};
