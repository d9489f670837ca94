import { z } from 'zod';
import { storeCredential } from '#clickhouse/integrations/credentials.ts';
import { type AdminKeyProblem, adminKeyProblem } from '#domain/admin-key.ts';
import { route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import { problems } from '../../problem/problems.ts';
import type { Dependencies } from '../dependencies.ts';
import { integrationId } from '../parameters.ts';
import { startAndFollow } from './connection-attempt.ts';
import { connectionProblems } from './connection-problem.ts';
import { connectionResponses, toConnectionResult } from './connection-response.ts';
import { requireIntegrations } from './require-integrations.ts';

const body = z
  .strictObject({
    admin_key: z
      .string('must be your OpenAI Admin key')
      .trim()
      .min(1, 'must be your OpenAI Admin key')
      .max(1000, 'is longer than any key')
      .meta({ description: 'Starts with sk-admin-', examples: ['sk-admin-…'] }),
    integration_id: integrationId.optional().meta({
      description:
        'The integration whose key this one replaces, or `new` for another organization of the same name. By default OpenAI’s id of the organization decides',
    }),
  })
  .meta({ id: 'NewIntegration' });

/** Checks an Admin key and connects its organization: 201 with the integration, or the exact reason why not. */
export const createIntegration = (dependencies: Dependencies) =>
  route({
    method: 'post',
    path: '/integrations',
    scope: 'integrations:write',
    operationId: 'createIntegration',
    summary: 'Creates an integration: checks an Admin key and connects its organization',
    description:
      'Safe to repeat: a key is checked once at a time, and an organization is connected once. A new key of a connected organization replaces its key. Where OpenAI does not give the organization’s id, an equal name is not enough: `organization_unclear` says so, and `integration_id` decides.',
    body,
    responses: connectionResponses,
    problems: ['invalid_json', 'body_too_large', 'not_found', 'not_an_admin_key', ...connectionProblems],
    async handle({ tenantId, body: { admin_key, integration_id } }) {
      const keyProblem = adminKeyProblem(admin_key);
      if (keyProblem) throw new Problem('not_an_admin_key', { detail: detailOf(keyProblem) });
      const { sealer, warehouse } = dependencies;
      if (integration_id && integration_id !== 'new') {
        await requireIntegrations(warehouse, tenantId, [integration_id]);
      }
      const credential = { tenant_id: tenantId, credential_id: sealer.credentialId(tenantId, admin_key) };
      await storeCredential(warehouse, credential, await sealer.seal(admin_key, credential));
      return toConnectionResult(
        dependencies,
        credential,
        await startAndFollow(dependencies, { ...credential, integration_id }),
      );
    },
  });

function detailOf(keyProblem: AdminKeyProblem): string {
  const { remedy } = problems.not_an_admin_key;
  if (keyProblem === 'project_key') {
    return `This key belongs to one project. Such keys cannot read billing data. ${remedy}`;
  }
  if (keyProblem === 'incomplete' || keyProblem === 'invalid_characters') {
    return `The key is incomplete, or has characters that no key has. Copy all of it again. ${remedy}`;
  }
  return remedy;
}
