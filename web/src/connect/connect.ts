import type { IntegrationView } from '#api/routes/integrations/integration-view.ts';
import { type Ask, sending } from '../api/client.ts';

const PAUSE_MS = 1000;
type Accepted = { status_url: string };

/**
 * Connects the organization that a key belongs to, however long OpenAI takes to answer.
 * @throws AskError with the reason why not
 */
export async function connect(ask: Ask, adminKey: string): Promise<IntegrationView> {
  let response = await ask('/v1/integrations', sending('POST', { admin_key: adminKey.trim() }));
  while (response.status === 202) {
    const { status_url } = (await response.json()) as Accepted;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    response = await ask(status_url);
  }
  return response.json() as Promise<IntegrationView>;
}
