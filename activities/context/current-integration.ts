import { ApplicationFailure } from '@temporalio/common';
import { type Integration, readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Dependencies } from './dependencies.ts';

type Context = Pick<Dependencies, 'warehouse'>;

/** The integration as it is now: an activity that is retried after a rotation uses the new key. */
export async function currentIntegration({ warehouse }: Context, key: IntegrationKey): Promise<Integration> {
  const integration = await readIntegration(warehouse, key);
  if (!integration) throw ApplicationFailure.nonRetryable('There is no such integration.', 'integration_missing');
  return integration;
}

/** The integration, unless it is disconnected. Called before each write, because a disconnect can come in between. */
export async function connectedIntegration(context: Context, key: IntegrationKey): Promise<Integration> {
  const integration = await currentIntegration(context, key);
  if (integration.status === 'disconnected') {
    throw ApplicationFailure.nonRetryable('The integration is disconnected.', 'integration_disconnected');
  }
  return integration;
}
