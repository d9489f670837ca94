import { ApplicationFailure } from '@temporalio/common';
import { type Integration, recordHost } from '#clickhouse/integrations/integrations.ts';
import { readReading } from '#clickhouse/integrations/reading.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Region } from '#providers/http/region.ts';
import { integrationMissing, orDisconnected } from './current-integration.ts';
import type { Dependencies } from './dependencies.ts';
import { insist } from './insist.ts';

export type Reading = {
  integration: Integration;
  /** In clear text: it must not leave the activity. */
  adminKey: string;
  /** Requests set its host where OpenAI refers to another one: `keepRegion` stores that. */
  region: Region;
  /** Unix milliseconds by the warehouse's clock: a worker whose clock is wrong writes right versions all the same. */
  clock: () => number;
};

/** What an activity that reads from the provider needs, by one statement. */
export async function startReading(
  { warehouse, opener }: Pick<Dependencies, 'warehouse' | 'opener'>,
  key: IntegrationKey,
): Promise<Reading> {
  const found = await insist(
    () => readReading(warehouse, key),
    (found) => found?.integration.status === 'disconnected' || found?.sealedKey !== undefined,
  );
  if (!found) throw integrationMissing();
  const { tenant_id, credential_id } = orDisconnected(found.integration);
  if (!found.sealedKey) {
    throw ApplicationFailure.nonRetryable(
      'The key is no longer stored. Connect the organization again.',
      'credential_missing',
    );
  }
  const startedAt = performance.now();
  return {
    integration: found.integration,
    region: { host: found.integration.host },
    adminKey: await opener.open(found.sealedKey, { tenant_id, credential_id }),
    clock: () => Math.floor(found.now + performance.now() - startedAt),
  };
}

/** Stores the host that OpenAI referred to, so that the next activity begins there. */
export async function keepRegion(
  { warehouse }: Pick<Dependencies, 'warehouse'>,
  { integration: { tenant_id, integration_id, credential_id, host }, region }: Pick<Reading, 'integration' | 'region'>,
): Promise<void> {
  if (region.host === host) return;
  await recordHost(warehouse, { tenant_id, integration_id, credential_id, host: region.host });
}
