import { z } from 'zod';
import { route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';

const body = z
  .object({
    tenant_id: z.string().meta({ description: 'Whose data the token may see: tenant_id in SQL' }),
    workflows_url: z
      .string()
      .nullable()
      .meta({ description: 'Where the Temporal UI lists workflows; null where that is not told' }),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof body>;

/** What a page has to know of who looks at it. */
export const readSession = ({ workflowsUrl }: Dependencies) =>
  route({
    method: 'get',
    path: '/session',
    scope: 'costs:read',
    operationId: 'readSession',
    summary: 'Whose data the token may see',
    answers: { 200: { description: 'As the token says', body } },
    handle: async ({ tenantId }) => ({ 200: { tenant_id: tenantId, workflows_url: workflowsUrl ?? null } }),
  });
