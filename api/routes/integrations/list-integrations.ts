import { z } from 'zod';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { integrationView, viewIntegrations } from './view/integration-view.ts';
import { shareNextSyncs } from './view/next-syncs.ts';

export const listIntegrations = (dependencies: Dependencies) => {
  const nextSyncsOf = shareNextSyncs(dependencies.temporal);
  return route({
    method: 'get',
    path: '/integrations',
    scope: 'costs:read',
    operationId: 'listIntegrations',
    summary: 'Lists the connected organizations: status, progress, coverage and reconciliation',
    responses: {
      200: {
        description: 'Integrations, oldest first',
        body: z.object({ data: z.array(integrationView) }).meta({ id: 'Integrations' }),
      },
    },
    async handle({ tenantId }) {
      return json(200, { data: await viewIntegrations(dependencies, tenantId, nextSyncsOf(tenantId)) });
    },
  });
};
