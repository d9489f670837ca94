import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { backfillId } from '#workflows/contract/ids.ts';
import { isRunning } from '../connection/running-workflows.ts';
import type { Dependencies } from '../context/dependencies.ts';

/** `status`: of the integration, `missing` where there is none. `backfill_with`: the key whose backfill has to be started. */
export type Lost = { status: string; backfill_with?: string };

/** Finds what an integration lacks. Nothing else changes it meanwhile: its changes run one after the other. */
export async function findLost({ warehouse, temporal }: Dependencies, key: IntegrationKey): Promise<Lost> {
  const integration = await readIntegration(warehouse, key);
  if (!integration) return { status: 'missing' };
  const { status, credential_id } = integration;
  if (status !== 'backfilling' || (await isRunning(temporal, backfillId(key, integration)))) return { status };
  return { status, backfill_with: credential_id };
}
