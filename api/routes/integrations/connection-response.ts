import { z } from 'zod';
import type { CredentialId, IntegrationKey } from '#domain/integration.ts';
import { json } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { integrationView, viewIntegration } from './view/integration-view.ts';

/** Responses to an attempt to connect, in its first request and later. */
export const connectionResponses = {
  201: { description: 'The organization is connected, and its backfill has started', body: integrationView },
  202: {
    description: 'OpenAI has not responded yet. Poll status_url, which responds as this request would have',
    body: z.object({ status: z.literal('validating'), status_url: z.string() }).meta({ id: 'ConnectionAttempt' }),
  },
};

/**
 * The response to an attempt: 202 while `connected` is undefined.
 * @throws Problem credential_missing if the integration was disconnected in the meantime
 */
export async function toConnectionResult(
  dependencies: Dependencies,
  { credential_id }: CredentialId,
  connected: IntegrationKey | undefined,
) {
  if (!connected) {
    const location = `/v1/integrations/attempts/${credential_id}`;
    return json(202, { status: 'validating' as const, status_url: location }, { location });
  }
  const { integration_id } = connected;
  const integration = await viewIntegration(dependencies, connected).catch((error) => {
    throw error instanceof Problem ? new Problem('credential_missing') : error; // it was purged in the meantime
  });
  if (integration.status === 'disconnected') throw new Problem('credential_missing');
  return json(201, integration, { location: `/v1/integrations/${integration_id}` });
}
