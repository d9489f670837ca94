import { ApplicationFailure } from '@temporalio/common';
import { type Integration, readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Dependencies } from './dependencies.ts';
import { insist } from './insist.ts';

type Context = Pick<Dependencies, 'warehouse'>;

/** The integration as it is now: an activity that is retried after a rotation uses the new key. */
export async function currentIntegration({ warehouse }: Context, key: IntegrationKey): Promise<Integration> {
  const integration = await insist(() => readIntegration(warehouse, key), Boolean);
  if (!integration) throw integrationMissing();
  return integration;
}

/** The integration, unless it is disconnected. Called before each write, because a disconnect can come in between. */
export async function connectedIntegration(context: Context, key: IntegrationKey): Promise<Integration> {
  return orDisconnected(await currentIntegration(context, key));
}

/** Throws `integration_disconnected` where it is. */
export function orDisconnected(integration: Integration): Integration {
  if (integration.status === 'disconnected') {
    throw ApplicationFailure.nonRetryable('The integration is disconnected.', 'integration_disconnected');
  }
  return integration;
}

export const integrationMissing = () =>
  ApplicationFailure.nonRetryable('There is no such integration.', 'integration_missing');
