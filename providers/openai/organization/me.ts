import { z } from 'zod';
import type { Organization } from '#domain/integration.ts';
import { ProviderError } from '../../http/error.ts';
import { text } from '../../http/fields.ts';
import type { Get, RequestOptions } from '../../http/get.ts';

const me = z.looseObject({
  orgs: z.looseObject({ data: z.array(z.looseObject({ id: text, title: text, name: text })) }),
});

/** `failure`: set where a retry may find organizations. */
export type Me = { organizations: Organization[]; failure?: ProviderError };

/**
 * Fetches the organizations of the key's owner from `/me`. Many good keys may not read it, so a refusal means no
 * organizations and says nothing about the key. Never throws ProviderError.
 */
export async function fetchMe(get: Get, options: RequestOptions): Promise<Me> {
  try {
    const { value } = await get('/me', [], me, options);
    return { organizations: value.orgs.data.map(({ id, title, name }) => ({ id, name: title || name })) };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { organizations: [], ...(isPassing(error) && { failure: error }) };
  }
}

/** Any other status lasts: the server has no `/me`, or not for this key. */
function isPassing({ kind, status = 503 }: ProviderError): boolean {
  return (
    kind === 'rate_limited' || (kind === 'provider_unavailable' && (status >= 500 || status === 408 || status === 425))
  );
}
