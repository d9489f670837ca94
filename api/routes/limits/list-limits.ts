import { z } from 'zod';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { today } from '#domain/day.ts';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireIntegrations } from '../integrations/require-integrations.ts';
import { day, onlyIntegrations } from '../parameters.ts';
import { integrationLimits, viewLimits } from './integration-limits.ts';

const body = z
  .object({ today: day.meta({ description: 'In UTC' }), data: z.array(integrationLimits), revision: z.string() })
  .meta({ id: 'Limits' });
export type Limits = z.infer<typeof body>;

/** The limits as of today, of which the overview gives those of all integrations. */
export async function readLimits(
  warehouse: Warehouse,
  tenantId: string,
  { integrations, revision }: { integrations?: readonly string[] | undefined; revision: string },
): Promise<Limits> {
  const now = today();
  return { today: now, data: await viewLimits(warehouse, tenantId, { today: now, integrations }), revision };
}

export const listLimits = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/limits',
    scope: 'costs:read',
    operationId: 'listLimits',
    summary: 'Lists OpenAI’s hard spend limits and spend alerts, and when each will be reached',
    query: z.strictObject({ integration_id: onlyIntegrations }),
    responses: { 200: { description: 'Integrations by name, each with its limits: hard limits first', body } },
    problems: ['not_found'],
    conditional: 'several statements',
    async handle({ tenantId, query: { integration_id }, revision }) {
      const integrations = integration_id?.length ? integration_id : undefined;
      await requireIntegrations(warehouse, tenantId, integrations);
      return json(200, await readLimits(warehouse, tenantId, { integrations, revision }));
    },
  });
