import { z } from 'zod';
import { storeCredential } from '#clickhouse/integrations/credentials.ts';
import { route } from '../../http/route.ts';
import { temporalAnswers } from '../../operations/temporal-health.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { followAttempt, startAttempt } from './connection-attempt.ts';
import { integrationView, viewIntegrations } from './integration-view.ts';

const body = z.strictObject({
  admin_key: z
    .string('must be your OpenAI Admin key')
    .trim()
    .min(1, 'must be your OpenAI Admin key')
    .max(1000, 'is longer than any key')
    .meta({ description: 'Starts with sk-admin-', examples: ['sk-admin-…'] }),
});

/** What either request may answer with: a key is checked while its caller waits, or longer. */
const answers = {
  201: { description: 'The organization is connected, and its backfill has begun', body: integrationView },
  202: {
    description: 'OpenAI has not answered yet: ask status_url, which answers as this request would have',
    body: z.object({ status: z.literal('validating'), status_url: z.string() }),
  },
};
const problems = ['key_rejected', 'scope_missing', 'credential_missing', 'provider_unavailable'] as const;

/** Checks an admin key and connects its organization: 201 with the integration, or the exact reason why not. */
export const createIntegration = (dependencies: Dependencies) =>
  route({
    method: 'post',
    path: '/integrations',
    scope: 'integrations:write',
    operationId: 'createIntegration',
    summary: 'Checks an Admin key and connects its organization',
    description:
      'Safe to repeat: a key that is being checked is checked once, and an organization is connected once. A new key of an organization that is connected takes the place of the one before.',
    body,
    answers,
    problems: ['invalid_json', 'body_too_large', 'not_an_admin_key', ...problems],
    async handle({ tenantId, body: { admin_key } }) {
      checkShape(admin_key);
      const { sealer, warehouse, temporal } = dependencies;
      // Asked before a key is stored; and a server that is away would look like a slow one: a 202 for nothing.
      if (!(await temporalAnswers(temporal))) throw new Problem('temporal_unavailable');
      const credential = { tenant_id: tenantId, credential_id: sealer.credentialId(tenantId, admin_key) };
      await storeCredential(warehouse, credential, await sealer.seal(admin_key, credential));
      return answer(dependencies, credential, await startAttempt(dependencies, credential));
    },
  });

/** An attempt that took longer than its request: what the answer would have been. */
export const readAttempt = (dependencies: Dependencies) =>
  route({
    method: 'get',
    path: '/integrations/attempts/:attempt_id',
    scope: 'integrations:write',
    operationId: 'getAttempt',
    summary: 'How an attempt to connect ended that took longer than its request',
    params: z.object({
      attempt_id: z
        .string()
        .max(100, 'must have at most 100 characters')
        .regex(/^[A-Za-z0-9_-]+$/, 'must be the id of an attempt')
        .meta({ description: 'The last part of status_url' }),
    }),
    answers,
    problems: ['not_found', ...problems],
    async handle({ tenantId, params: { attempt_id } }) {
      const credential = { tenant_id: tenantId, credential_id: attempt_id };
      return answer(dependencies, credential, await followAttempt(dependencies, credential));
    },
  });

/** A key that cannot be an admin key is refused before anything is stored or sent. */
function checkShape(key: string) {
  if (key.startsWith('sk-proj-') || key.startsWith('sk-svcacct-')) {
    throw new Problem('not_an_admin_key', {
      detail: `This is a key of one project, and such keys cannot read billing data. ${new Problem('not_an_admin_key').detail}`,
    });
  }
  if (/^sk-admin-[\w-]+$/.test(key)) return;
  if (!key.startsWith('sk-admin-')) throw new Problem('not_an_admin_key');
  throw new Problem('not_an_admin_key', {
    detail:
      'It begins with sk-admin-, but is not whole, or has characters in it that no key has. Copy it again, all of it.',
  });
}

async function answer(
  dependencies: Dependencies,
  { tenant_id, credential_id }: { tenant_id: string; credential_id: string },
  connected: { integration_id: string } | undefined,
) {
  if (!connected) {
    const location = `/v1/integrations/attempts/${credential_id}`;
    return { 202: { status: 'validating' as const, status_url: location }, headers: { location } };
  }
  const { integration_id } = connected;
  const integration = (await viewIntegrations(dependencies, tenant_id)).find(({ id }) => id === integration_id);
  // It was connected, and is not any more.
  if (!integration || integration.status === 'disconnected') throw new Problem('credential_missing');
  return { 201: integration, headers: { location: `/v1/integrations/${integration_id}` } };
}
