import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { type Api, ApiError, jsonBody } from '../api/client.ts';

const PAUSE_MS = 1000;
type Accepted = { status_url: string };

/**
 * Connects the organization of an Admin key. Polls as long as the API still waits for OpenAI.
 * @param integrationId the integration whose key it replaces, or `new`; '' where OpenAI's id decides
 * @param onSlow called when OpenAI takes longer than a request
 * @throws ApiError with the reason why the key was not accepted
 */
export async function connect(
  api: Api,
  adminKey: string,
  { integrationId, onSlow }: { integrationId: string; onSlow: () => void },
): Promise<IntegrationView> {
  const body = { admin_key: adminKey.trim(), ...(integrationId && { integration_id: integrationId }) };
  let response: Response | undefined = await api('/v1/integrations', jsonBody('POST', body));
  if (response.status === 201) return response.json() as Promise<IntegrationView>;
  const { status_url } = (await response.json()) as Accepted;
  while (response?.status !== 201) {
    onSlow();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    response = await api(status_url).catch(orOutage);
  }
  return response.json() as Promise<IntegrationView>;
}

/** The attempt goes on without us: while our own servers do not respond, it is polled further. */
function orOutage(error: unknown): undefined {
  const { status, code = '' } = error instanceof ApiError ? error.problem : {};
  if (status !== 0 && !['temporal_unavailable', 'warehouse_unavailable'].includes(code)) throw error;
}
