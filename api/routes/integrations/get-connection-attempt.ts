import { z } from 'zod';
import { route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { followAttempt } from './connection-attempt.ts';
import { connectionProblems } from './connection-problem.ts';
import { connectionResponses, toConnectionResult } from './connection-response.ts';

/** The outcome of an attempt that took longer than its request. */
export const getConnectionAttempt = (dependencies: Dependencies) =>
  route({
    method: 'get',
    path: '/integrations/attempts/:attempt_id',
    scope: 'integrations:write',
    operationId: 'getConnectionAttempt',
    summary: 'Gets the outcome of an attempt to connect that took longer than its request',
    params: z.object({
      attempt_id: z
        .string()
        .max(100, 'must have at most 100 characters')
        .regex(/^[A-Za-z0-9_-]+$/, 'must be the id of an attempt')
        .meta({ description: 'The last part of status_url' }),
    }),
    responses: connectionResponses,
    problems: ['not_found', ...connectionProblems],
    async handle({ tenantId, params: { attempt_id } }) {
      const credential = { tenant_id: tenantId, credential_id: attempt_id };
      return toConnectionResult(dependencies, credential, await followAttempt(dependencies, credential));
    },
  });
