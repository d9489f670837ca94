import { z } from 'zod';
import { storeCredential } from '../../clickhouse/credentials.ts';
import { followAttempt, startAttempt } from '../connection-attempt.ts';
import type { Dependencies } from '../dependencies.ts';
import { viewIntegrations } from '../integration-view.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import { temporalAnswers } from '../temporal-answers.ts';

const body = z.strictObject({ admin_key: z.string('must be your OpenAI Admin key').trim().min(1).max(1000) });

/** Checks an admin key and connects its organization: 201 with the integration, or the exact reason why not. */
export const createIntegration = (dependencies: Dependencies) =>
  route({
    method: 'post',
    path: '/integrations',
    body,
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
    params: z.object({ attempt_id: z.string().max(100) }),
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
  if (!/^sk-admin-[\w-]+$/.test(key)) throw new Problem('not_an_admin_key');
}

async function answer(
  dependencies: Dependencies,
  { tenant_id, credential_id }: { tenant_id: string; credential_id: string },
  connected: { integration_id: string } | undefined,
) {
  if (!connected) {
    const location = `/v1/integrations/attempts/${credential_id}`;
    return { status: 202, headers: { location }, body: { status: 'validating', status_url: location } };
  }
  const integrations = await viewIntegrations(dependencies, tenant_id);
  const integration = integrations.find(({ id }) => id === connected.integration_id);
  return { status: 201, headers: { location: `/v1/integrations/${connected.integration_id}` }, body: integration };
}
