import { defineUpdate } from '@temporalio/workflow';
import type { IntegrationKey } from '../clickhouse/integrations.ts';
import type { CredentialId } from '../clickhouse/sealing.ts';

export type ConnectInput = CredentialId;

/** Waits until the key is checked. Answers with the integration, or fails with the reason as its type. */
export const validate = defineUpdate<IntegrationKey>('validate');
