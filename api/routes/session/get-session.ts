import { z } from 'zod';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';

const body = z
  .object({
    tenant_id: z.string().meta({ description: 'The tenant whose data the token may read: tenant_id in SQL' }),
    workflows_url: z
      .string()
      .nullable()
      .meta({ description: 'Where the Temporal UI lists workflows; null if that is not configured' }),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof body>;

/** What a page needs to know about its user. */
export const getSession = ({ workflowsUrl }: Dependencies) =>
  route({
    method: 'get',
    path: '/session',
    scope: 'costs:read',
    operationId: 'getSession',
    summary: 'Gets the tenant that the token belongs to',
    responses: { 200: { description: 'The tenant', body } },
    async handle({ tenantId }) {
      return json(200, { tenant_id: tenantId, workflows_url: workflowsUrl ?? null });
    },
  });
