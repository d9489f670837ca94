import type { CredentialId, Organization } from '#domain/integration.ts';
import { type Dependencies, openKey } from '../context/dependencies.ts';

/** Asks OpenAI's costs API whether the key reads it, and whose it is. An organization that OpenAI does not name has ''. */
export async function validateKey(dependencies: Dependencies, credential: CredentialId): Promise<Organization> {
  const key = await openKey(dependencies, credential);
  return dependencies.openai.identify(key);
}
