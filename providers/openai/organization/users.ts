import { z } from 'zod';
import { readList } from '../../http/cursor-list.ts';
import { text } from '../../http/fields.ts';
import type { Credentials, Get } from '../../http/get.ts';

/** A member of the organization; '' for what the provider does not say. */
export type User = { id: string; name: string; email: string };

const user = z
  .looseObject({ id: z.string(), name: text, email: text })
  .transform(({ id, name, email }) => ({ id, name, email }));

/**
 * Lists the organization's present members; who has left is in no list. Throws OpenAiError: `scope_missing` where the
 * key may not read them.
 */
export async function readUsers(get: Get, credentials: Credentials): Promise<User[]> {
  return readList(get, { endpoint: '/organization/users', params: [], item: user }, credentials);
}
