import { z } from 'zod';
import type { Organization } from '#domain/integration.ts';
import { OpenAiError } from '../../http/error.ts';
import { text } from '../../http/fields.ts';
import type { Credentials, Get } from '../../http/get.ts';

const me = z.looseObject({
  orgs: z.looseObject({ data: z.array(z.looseObject({ id: text, title: text, name: text })) }),
});

/** `failure` where another attempt may say more. */
export type Me = { organizations: Organization[]; failure?: OpenAiError };

/**
 * The organizations of the key's owner by `/me`, none where it does not say: many a key may not read it, which says
 * nothing against the key. Never throws OpenAiError.
 */
export async function askMe(get: Get, credentials: Credentials): Promise<Me> {
  try {
    const { value } = await get('/me', [], me, credentials);
    return { organizations: value.orgs.data.map(({ id, title, name }) => ({ id, name: title || name })) };
  } catch (error) {
    if (!(error instanceof OpenAiError)) throw error;
    return { organizations: [], ...(isPassing(error) && { failure: error }) };
  }
}

/** Any other status is a lasting answer: there is no such page, or not for this key. */
function isPassing({ kind, status = 503 }: OpenAiError): boolean {
  return (
    kind === 'rate_limited' || (kind === 'provider_unavailable' && (status >= 500 || status === 408 || status === 425))
  );
}
