import { z } from 'zod';
import { readList } from '../../http/cursor-list.ts';
import { string, text } from '../../http/fields.ts';
import type { Get, RequestOptions } from '../../http/get.ts';

/** A member of the organization; '' for a field that OpenAI leaves out. */
export type User = { id: string; name: string; email: string; is_service_account: boolean };

/** The fields at the top are optional; the nested user then has them. */
const user = z
  .looseObject({
    id: string,
    name: text,
    email: text,
    is_service_account: z.boolean().nullish(),
    user: z.looseObject({ name: text, email: text }).nullish(),
  })
  .transform(({ id, name, email, is_service_account, user }) => ({
    id,
    name: name || (user?.name ?? ''),
    email: email || (user?.email ?? ''),
    is_service_account: is_service_account ?? false,
  }));

/**
 * Lists the organization's present members; no list has former ones. Throws ProviderError: `scope_missing` where the
 * key may not read them.
 */
export async function readUsers(get: Get, options: RequestOptions): Promise<User[]> {
  return readList(get, { endpoint: '/organization/users', params: [], item: user }, options);
}
