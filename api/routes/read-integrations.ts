import { z } from 'zod';
import type { Dependencies } from '../dependencies.ts';
import { viewIntegrations } from '../integration-view.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';

export const listIntegrations = (dependencies: Dependencies) =>
  route({
    method: 'get',
    path: '/integrations',
    async handle({ tenantId }) {
      return { body: { data: await viewIntegrations(dependencies, tenantId) } };
    },
  });

export const getIntegration = (dependencies: Dependencies) =>
  route({
    method: 'get',
    path: '/integrations/:integration_id',
    params: z.object({ integration_id: z.string() }),
    async handle({ tenantId, params: { integration_id } }) {
      const integrations = await viewIntegrations(dependencies, tenantId);
      const body = integrations.find(({ id }) => id === integration_id);
      if (!body) throw new Problem('not_found');
      return { body };
    },
  });
