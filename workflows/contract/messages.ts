import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { CredentialId, IntegrationKey, Organization } from '#domain/integration.ts';

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
