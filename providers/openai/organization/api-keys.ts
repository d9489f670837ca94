import { z } from 'zod';
import { readList } from '../../http/cursor-list.ts';
import { ProviderError } from '../../http/error.ts';
import { text } from '../../http/fields.ts';
import type { Get, RequestOptions } from '../../http/get.ts';

/**
 * An API key of a project; '' for a field that OpenAI leaves out. `owner_type`: `user`, `service_account` or another
 * word of OpenAI's. The redacted key is not read, because it holds part of the secret.
 */
export type ApiKey = { id: string; name: string; owner_type: string; owner_id: string; owner_name: string };

const ownerDetails = z.looseObject({ id: text, name: text });
const NO_OWNER = { type: '', id: '', name: '', user: null, service_account: null };
const apiKey = z
  .looseObject({
    id: z.string(),
    name: text,
    owner: z
      .looseObject({
        type: text,
        id: text,
        name: text,
        user: ownerDetails.nullish(),
        service_account: ownerDetails.nullish(),
      })
      .nullish(),
  })
  .transform(({ id, name, owner }) => {
    const { type, user, service_account, ...inline } = owner ?? NO_OWNER;
    const { id: owner_id, name: owner_name } = user ?? service_account ?? inline;
    return { id, name, owner_type: type, owner_id, owner_name };
  });

/**
 * Lists a project's API keys; no list has deleted ones. Throws ProviderError: `scope_missing` where the key may not
 * read them, `bad_request` without a request where the text is not a project's id.
 */
export async function readApiKeys(get: Get, projectId: string, options: RequestOptions): Promise<ApiKey[]> {
  // The id comes from a response and goes into a path, which it must not change.
  if (!/^[\w-]+$/.test(projectId)) {
    const endpoint = '/organization/projects/{project_id}/api_keys';
    throw new ProviderError('bad_request', { endpoint, detail: 'it is not the id of a project' });
  }
  const endpoint = `/organization/projects/${projectId}/api_keys`;
  return readList(get, { endpoint, params: [], item: apiKey }, options);
}
