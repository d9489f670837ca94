import type { CredentialId, Organization } from '#domain/integration.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { openKey } from '../context/open-key.ts';

/** Checks that the key may read costs, and finds its organization. A field that OpenAI does not return is ''. */
export async function validateKey(dependencies: Dependencies, credential: CredentialId): Promise<Organization> {
  const key = await openKey(dependencies, credential);
  return dependencies.openai.identify(key);
}
