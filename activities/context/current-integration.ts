import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { type Integration, readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Dependencies } from './dependencies.ts';

type Context = Pick<Dependencies, 'warehouse'>;

/** The integration as it is now: an activity that is retried after a rotation uses the new key. */
export async function currentIntegration({ warehouse }: Context, key: IntegrationKey): Promise<Integration> {
  const integration = await readIntegration(warehouse, key);
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

/** One empty read is no proof: a replica may not have the row yet. The read is final after this time. */
const MISSING_AFTER_MS = 300_000;

export function integrationMissing(): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'integration_missing',
    message: 'There is no such integration.',
    nonRetryable: Date.now() - activityInfo().scheduledTimestampMs > MISSING_AFTER_MS,
  });
}
