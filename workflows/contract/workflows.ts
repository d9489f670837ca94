import type { Receipt, Resent } from '#domain/channels/channel.ts';
import type { DayRange } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Reconciliation, SyncReport } from '#domain/sync.ts';
import type {
  AlertToRaise,
  BudgetToJudge,
  ChannelToResend,
  ChannelToTest,
  DigestToSend,
  KeyToConnect,
  Purged,
} from './messages.ts';

/** The workflows that a worker runs, by the names that Temporal knows them by: what each takes and returns. */
export type Workflows = {
  connectIntegration: (key: KeyToConnect) => Promise<IntegrationKey>;
  changeIntegration: (integration: IntegrationKey) => Promise<void>;
  backfill: (integration: IntegrationKey) => Promise<SyncReport>;
  judgeBudget: (budget: BudgetToJudge) => Promise<void>;
  raiseAlert: (alert: AlertToRaise) => Promise<void>;
  dailySync: (integration: IntegrationKey) => Promise<SyncReport>;
  reconcileIntegrations: () => Promise<Reconciliation>;
  sendMissed: (channel: ChannelToResend) => Promise<Resent>;
  sendDigest: (digest: DigestToSend) => Promise<void>;
  sweepPurged: (purged: Purged) => Promise<void>;
  syncRange: (input: IntegrationKey & DayRange) => Promise<SyncReport>;
  tellEvents: () => Promise<void>;
  testChannel: (channel: ChannelToTest) => Promise<Receipt | null>;
};
