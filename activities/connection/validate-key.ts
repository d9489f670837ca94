import { setTimeout as delay } from 'node:timers/promises';
import { cancellationSignal } from '@temporalio/activity';
import { type CredentialId, isAccessProblem, isKeyProblem, type Organization } from '#domain/integration.ts';
import { ProviderError } from '#providers/http/error.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { openKey } from '../context/open-key.ts';

/** OpenAI has refused a good key once and accepted it right after. A caller is waiting, so the delay is short. */
const CONFIRM_AFTER_MS = 1_000;

/**
 * Checks that the key may read costs, and finds its organization. A field that OpenAI does not return is ''. A refusal
 * counts once a second request has confirmed it.
 */
export async function validateKey(dependencies: Dependencies, credential: CredentialId): Promise<Organization> {
  const key = await openKey(dependencies, credential);
  const signal = cancellationSignal();
  try {
    return await dependencies.openai.identify(key, { signal });
  } catch (error) {
    if (!(error instanceof ProviderError) || !(isKeyProblem(error.kind) || isAccessProblem(error.kind))) throw error;
    await delay(CONFIRM_AFTER_MS, undefined, { signal });
    return dependencies.openai.identify(key, { signal });
  }
}
