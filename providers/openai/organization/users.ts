import { z } from 'zod';
import { readList } from '../../http/cursor-list.ts';
import { text } from '../../http/fields.ts';
import type { Get, RequestOptions } from '../../http/get.ts';

/** A member of the organization; '' for a field that OpenAI leaves out. */
export type User = { id: string; name: string; email: string };

const user = z
  .looseObject({ id: z.string(), name: text, email: text })
  .transform(({ id, name, email }) => ({ id, name, email }));

/**
 * Lists the organization's present members; no list has former ones. Throws ProviderError: `scope_missing` where the
 * key may not read them.
 */
export async function readUsers(get: Get, options: RequestOptions): Promise<User[]> {
  return readList(get, { endpoint: '/organization/users', params: [], item: user }, options);
}
