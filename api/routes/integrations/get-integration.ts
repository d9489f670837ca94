import { z } from 'zod';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { integrationId } from '../parameters.ts';
import { integrationView, viewIntegration } from './view/integration-view.ts';

export const getIntegration = (dependencies: Dependencies) =>
  route({
    method: 'get',
    path: '/integrations/:integration_id',
    scope: 'costs:read',
    operationId: 'getIntegration',
    summary: 'Gets one connected organization',
    params: z.object({ integration_id: integrationId }),
    responses: { 200: { description: 'The integration as it is now', body: integrationView } },
    problems: ['not_found'],
    async handle({ tenantId, params: { integration_id } }) {
      return json(200, await viewIntegration(dependencies, { tenant_id: tenantId, integration_id }));
    },
  });
