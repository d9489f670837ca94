import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { IntegrationKey } from '#clickhouse/integrations/integrations.ts';
import type { CredentialId } from '#credentials/sealing.ts';
import type { Organization } from '#providers/openai/organization/identify.ts';

export type ConnectInput = CredentialId;

/** Waits until the key is checked. Answers with the integration, or fails with the reason as its type. */
export const validate = defineUpdate<IntegrationKey>('validate');

/** A checked key that asks to become its integration's. `today`: the UTC day that it was sent on. */
export type Admission = CredentialId & { organization: Organization; today: string; attempt_run_id: string };
export const admit = defineSignal<[Admission]>('admit');

/** What came of it: null where the key was destroyed before it was its turn. */
export const decide = defineSignal<[IntegrationKey | null]>('decide');

export type Disconnection = { erase: boolean };
export const disconnect = defineSignal<[Disconnection]>('disconnect');
