import { z } from 'zod';
import { today } from '#domain/day.ts';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireIntegrations } from '../integrations/require-integrations.ts';
import { day, integrationId, repeatable } from '../parameters.ts';
import { integrationLimits, viewLimits } from './integration-limits.ts';

const MAX_INTEGRATIONS = 50;

const body = z
  .object({ today: day.meta({ description: 'In UTC' }), data: z.array(integrationLimits), revision: z.string() })
  .meta({ id: 'Limits' });
export type Limits = z.infer<typeof body>;

export const listLimits = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/limits',
    scope: 'costs:read',
    operationId: 'listLimits',
    summary: 'Lists OpenAI’s hard spend limits and spend alerts, and when each will be reached',
    query: z.strictObject({
      integration_id: repeatable(integrationId, MAX_INTEGRATIONS).meta({ description: 'Only these; all by default' }),
    }),
    responses: { 200: { description: 'Integrations by name, each with its limits: hard limits first', body } },
    problems: ['not_found'],
    conditional: 'several statements',
    async handle({ tenantId, query: { integration_id }, revision }) {
      const integrations = integration_id?.length ? integration_id : undefined;
      await requireIntegrations(warehouse, tenantId, integrations);
      const now = today();
      const data = await viewLimits(warehouse, tenantId, { today: now, integrations });
      return json(200, { today: now, data, revision });
    },
  });
