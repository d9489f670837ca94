import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AlertSubject } from '#domain/alerts/alert.ts';
import type { Day } from '#domain/day.ts';
import type { CredentialId, IntegrationKey, Organization } from '#domain/integration.ts';

/**
 * A stored key that is to be connected. `integration_id`: whose key it replaces, or `new` for an organization of its
 * own; by default OpenAI's id of the organization decides.
 */
export type KeyToConnect = CredentialId & { integration_id?: string | undefined };

/**
 * To `connectIntegration`: waits until the key is checked and active. Returns its integration, or fails with the reason
 * as the failure's type.
 */
export const validate = defineUpdate<IntegrationKey>('validate');

/** To `connectIntegration`: its integration, or null where the key was deleted before it could be activated. */
export const resolveAttempt = defineSignal<[IntegrationKey | null]>('resolveAttempt');

/** A checked key that is to become the active key of its integration. `today` is the UTC day on which it was sent. */
export type Activation = KeyToConnect & { organization: Organization; today: Day; attempt_run_id: string };

/** To `changeIntegration`: makes the key the active key of its integration. */
export const activate = defineSignal<[Activation]>('activate');

/**
 * What an integration seems to lack; `orphan`: its schedule has no integration. `was_purged`: whether its last change
 * purged it.
 */
export type Repair = { because: 'no schedule' | 'old settings' | 'no backfill' | 'orphan'; was_purged?: boolean };

/** To `changeIntegration`: restores its schedule and its backfill where they are lost. */
export const repair = defineSignal<[Repair]>('repair');

/** To start `judgeBudget` with: a revision is judged once when it is made. */
export type BudgetToJudge = { tenant_id: string; budget_id: string; revision: number };

/** To start `raiseAlert` with. `was_ended`: it is recorded, and was ended by an operator before it was delivered. */
export type AlertToRaise = { tenant_id: string; is_quiet: boolean; was_ended?: true } & AlertSubject;

/** To start `sendDigest` with. */
export type DigestToSend = { tenant_id: string; channel_id: string; digest_id: string };

/** To start `testChannel` with. `test_id` names the test in receipts. */
export type ChannelToTest = { tenant_id: string; channel_id: string; test_id: string };

/** To start `sendMissed` with. */
export type ChannelToResend = { tenant_id: string; channel_id: string };

/**
 * An integration that was purged at a time, in unix milliseconds. `purge_id`: what its deletions are known by in
 * ClickHouse; they are waited for where it is given.
 */
export type Purged = IntegrationKey & { purged_at: number; purge_id?: string };

/** `purge`: whether all data of the integration are deleted, too. */
export type Disconnection = { purge: boolean };

/** To `changeIntegration`: deletes the key and stops all syncs. */
export const disconnect = defineSignal<[Disconnection]>('disconnect');
