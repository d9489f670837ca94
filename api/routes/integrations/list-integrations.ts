import { z } from 'zod';
import { integrationId } from '../../http/parameters.ts';
import { route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { integrationView, viewIntegration, viewIntegrations } from './integration-view.ts';

export const listIntegrations = (dependencies: Dependencies) =>
  route({
    method: 'get',
    path: '/integrations',
    scope: 'costs:read',
    operationId: 'listIntegrations',
    summary: 'The connected organizations: state, progress, freshness, and whether each adds up',
    answers: { 200: { description: 'Oldest first', body: z.object({ data: z.array(integrationView) }) } },
    async handle({ tenantId }) {
      return { 200: { data: await viewIntegrations(dependencies, tenantId) } };
    },
  });

export const getIntegration = (dependencies: Dependencies) =>
  route({
    method: 'get',
    path: '/integrations/:integration_id',
    scope: 'costs:read',
    operationId: 'getIntegration',
    summary: 'One connected organization',
    params: z.object({ integration_id: integrationId }),
    answers: { 200: { description: 'As it is now', body: integrationView } },
    problems: ['not_found'],
    async handle({ tenantId, params: { integration_id } }) {
      return { 200: await viewIntegration(dependencies, { tenant_id: tenantId, integration_id }) };
    },
  });
