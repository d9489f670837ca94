import { setTimeout as delay } from 'node:timers/promises';
import { cancellationSignal } from '@temporalio/activity';
import { type CredentialId, isAccessProblem, isKeyProblem, type Organization } from '#domain/integration.ts';
import { ProviderError } from '#providers/http/error.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { openKey } from '../context/open-key.ts';

/** OpenAI has refused a good key once and accepted it right after. A caller is waiting, so the delay is short. */
const CONFIRM_AFTER_MS = 1_000;

/**
 * Checks that the key may read costs, and finds its organization. A field that OpenAI does not return is ''. Where OpenAI
 * refers to the host of another region, that is used. A refusal counts once a second request
 * has confirmed it.
 */
export async function validateKey(dependencies: Dependencies, credential: CredentialId): Promise<Organization> {
  const key = await openKey(dependencies, credential);
  const signal = cancellationSignal();
  const region = { host: '' };
  const identify = async () => {
    const organization = await dependencies.openai.identify(key, { signal, region });
    return { ...organization, ...(region.host && { host: region.host }) };
  };
  try {
    return await identify();
  } catch (error) {
    if (!(error instanceof ProviderError) || !(isKeyProblem(error.kind) || isAccessProblem(error.kind))) throw error;
    await delay(CONFIRM_AFTER_MS, undefined, { signal });
    return identify();
  }
}
