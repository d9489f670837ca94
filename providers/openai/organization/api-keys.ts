import { z } from 'zod';
import { readList } from '../../http/cursor-list.ts';
import { string, text } from '../../http/fields.ts';
import type { Get, RequestOptions } from '../../http/get.ts';
import { QueryRefusedError } from '../../reports/query/refusal.ts';
import { projectPath } from './project-path.ts';

/**
 * An API key of a project; '' for a field that OpenAI leaves out. `owner_type`: `user`, `service_account` or another
 * word of OpenAI's. The redacted key is not read, because it holds part of the secret.
 */
export type ApiKey = {
  id: string;
  name: string;
  owner_type: string;
  owner_id: string;
  owner_name: string;
  owner_email: string;
};

const ownerDetails = z.looseObject({ id: text, name: text, email: text });
const NO_OWNER = { type: '', id: '', name: '', email: '', user: null, service_account: null };
const apiKey = z
  .looseObject({
    id: string,
    name: text,
    owner: z
      .looseObject({
        type: text,
        id: text,
        name: text,
        email: text,
        user: ownerDetails.nullish(),
        service_account: ownerDetails.nullish(),
      })
      .nullish(),
  })
  .transform(({ id, name, owner }) => {
    const { type, user, service_account, ...inline } = owner ?? NO_OWNER;
    const { id: owner_id, name: owner_name, email: owner_email } = user ?? service_account ?? inline;
    return { id, name, owner_type: type, owner_id, owner_name, owner_email };
  });

/** With it the list also has keys that still bill although their owner has lost access to the project. */
const OF_ANY_OWNER: [string, string] = ['owner_project_access', 'any'];

/**
 * Lists a project's API keys, those of former members too where OpenAI knows of them; no list has deleted ones. A server
 * that refuses the parameter for them is remembered. Throws ProviderError: `scope_missing` where the key may not read
 * them, `bad_request` without a request where the text is not a project's id.
 */
export function createReadApiKeys(get: Get) {
  let refusesOwnerAccess = false;

  return async (projectId: string, options: RequestOptions): Promise<ApiKey[]> => {
    const endpoint = projectPath(projectId, 'api_keys');
    const list = (params: [string, string][]) => readList(get, { endpoint, params, item: apiKey }, options);
    if (refusesOwnerAccess) return list([]);
    try {
      return await list([OF_ANY_OWNER]);
    } catch (error) {
      if (!(error instanceof QueryRefusedError)) throw error;
      const keys = await list([]); // throws where the project was refused, and not the parameter
      refusesOwnerAccess = true;
      return keys;
    }
  };
}
