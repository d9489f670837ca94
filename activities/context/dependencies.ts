import { log } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { readCredential } from '#clickhouse/integrations/credentials.ts';
import { type Integration, listIntegrations, readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { Opener } from '#credentials/sealing.ts';
import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import type { Rereading } from '#domain/sync.ts';
import { ProviderError } from '#providers/http/error.ts';
import type { OpenAi } from '#providers/openai/client.ts';

/** What activities work with; the worker makes it once. */
export type Dependencies = {
  warehouse: Warehouse;
  openai: OpenAi;
  opener: Opener;
  temporal: Client;
  rereading: Rereading;
  /** When days are synced, as cron has it, in UTC. */
  dailyAt: string;
};

/** The admin key in the clear. It lives in the activity that asked for it and nowhere else. */
export async function openKey({ warehouse, opener }: Dependencies, credential: CredentialId): Promise<string> {
  const sealed = await readCredential(warehouse, credential);
  if (sealed) return opener.open(sealed, credential);
  const integrations = await listIntegrations(warehouse, credential.tenant_id);
  throw ApplicationFailure.create({
    type: 'credential_missing',
    message: 'The key was destroyed. Connect again.',
    // Else tried again: a key that was replaced a moment ago has a successor.
    nonRetryable: integrations.some(
      ({ credential_id, status }) => credential_id === credential.credential_id && status !== 'disconnected',
    ),
  });
}

/** The integration as it is now: after a rotation, an activity that is tried again uses the new key. */
export async function currentIntegration({ warehouse }: Dependencies, key: IntegrationKey): Promise<Integration> {
  const integration = await readIntegration(warehouse, key);
  if (!integration) {
    throw ApplicationFailure.nonRetryable('There is no such integration.', 'integration_missing');
  }
  return integration;
}

/** The integration, if it may still be read through. Asked again before a write: a disconnect can come in between. */
export async function connectedIntegration(dependencies: Dependencies, key: IntegrationKey): Promise<Integration> {
  const integration = await currentIntegration(dependencies, key);
  if (integration.status === 'disconnected') {
    throw ApplicationFailure.nonRetryable('The integration was disconnected.', 'integration_disconnected');
  }
  return integration;
}

/** What a key's scopes do not allow is done without, and said; any other failure is one. */
export async function degrade<T>(what: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ProviderError && error.kind === 'scope_missing')) throw error;
    log.info('the key lacks the scope: done without', { what });
    return undefined;
  }
}
