import { z } from 'zod';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';

export const session = z
  .object({
    tenant_id: z.string().meta({ description: 'The tenant whose data the token may read: tenant_id in SQL' }),
    scopes: z.array(z.string()).meta({ description: 'What the token allows' }),
    workflows_url: z
      .string()
      .nullable()
      .meta({ description: 'Where the Temporal UI lists workflows; null if that is not configured' }),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

/** What a page needs to know about its user. */
export const getSession = ({ workflowsUrl }: Dependencies) =>
  route({
    method: 'get',
    path: '/session',
    scope: 'costs:read',
    operationId: 'getSession',
    summary: 'Gets the tenant that the token belongs to, and what the token allows',
    responses: { 200: { description: 'The tenant', body: session } },
    async handle({ tenantId, scopes }) {
      return json(200, { tenant_id: tenantId, scopes: [...scopes], workflows_url: workflowsUrl ?? null });
    },
  });
