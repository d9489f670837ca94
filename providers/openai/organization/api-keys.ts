import { z } from 'zod';
import { readList } from '../../http/cursor-list.ts';
import { OpenAiError } from '../../http/error.ts';
import { text } from '../../http/fields.ts';
import type { Credentials, Get } from '../../http/get.ts';

/**
 * An API key of a project; '' for what the provider does not say. `owner_type` is `user`, `service_account` or what
 * else it says. The redacted key is left out: it still holds a part of the secret.
 */
export type ApiKey = { id: string; name: string; owner_type: string; owner_id: string; owner_name: string };

const someone = z.looseObject({ id: text, name: text });
const nobody = { type: '', id: '', name: '', user: null, service_account: null };
const apiKey = z
  .looseObject({
    id: z.string(),
    name: text,
    owner: z
      .looseObject({ type: text, id: text, name: text, user: someone.nullish(), service_account: someone.nullish() })
      .nullish(),
  })
  .transform(({ id, name, owner }) => {
    const { type, user, service_account, ...itself } = owner ?? nobody;
    const { id: owner_id, name: owner_name } = user ?? service_account ?? itself;
    return { id, name, owner_type: type, owner_id, owner_name };
  });

/**
 * Lists a project's API keys; a deleted key is in no list. Throws OpenAiError: `scope_missing` where the key may not
 * read them, `bad_request` for what is not a project's id, unsent.
 */
export async function readApiKeys(get: Get, projectId: string, credentials: Credentials): Promise<ApiKey[]> {
  // The id comes from the other side and goes into a path: it must not lead elsewhere.
  if (!/^[\w-]+$/.test(projectId)) {
    const endpoint = '/organization/projects/{project_id}/api_keys';
    throw new OpenAiError('bad_request', { endpoint, detail: 'it is not the id of a project' });
  }
  const endpoint = `/organization/projects/${projectId}/api_keys`;
  return readList(get, { endpoint, params: [], item: apiKey }, credentials);
}
