import { z } from 'zod';
import { readList } from '../../http/cursor-list.ts';
import { text } from '../../http/fields.ts';
import type { Credentials, Get } from '../../http/get.ts';

/** `status` is `active`, `archived` or what else the provider says; `created_at` in unix seconds, null where missing. */
export type Project = { id: string; name: string; status: string; created_at: number | null };

const project = z
  .looseObject({ id: z.string(), name: text, status: text, created_at: text, archived_at: text })
  .transform(({ id, name, status, created_at, archived_at }) => ({
    id,
    name,
    status: status || (archived_at === '' ? 'active' : 'archived'),
    created_at: /^\d+$/.test(created_at) ? Number(created_at) : null,
  }));

/** Lists all projects, archived ones too. Throws OpenAiError: `scope_missing` where the key may not read them. */
export async function readProjects(get: Get, credentials: Credentials): Promise<Project[]> {
  const params: [string, string][] = [['include_archived', 'true']];
  return readList(get, { endpoint: '/organization/projects', params, item: project }, credentials);
}
