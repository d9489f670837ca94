import { z } from 'zod';
import { readList } from '../../http/cursor-list.ts';
import { string, text } from '../../http/fields.ts';
import type { Get, RequestOptions } from '../../http/get.ts';

/**
 * `status`: `active`, `archived` or another word of OpenAI's; `created_at`: unix seconds, null where missing; `residency`:
 * `GLOBAL`, `EU_STORAGE`, … or '' where missing.
 */
export type Project = { id: string; name: string; status: string; created_at: number | null; residency: string };

const project = z
  .looseObject({ id: string, name: text, status: text, created_at: text, archived_at: text, residency: text })
  .transform(({ id, name, status, created_at, archived_at, residency }) => ({
    id,
    name,
    status: status || (archived_at === '' ? 'active' : 'archived'),
    residency,
    created_at: /^\d+$/.test(created_at) ? Number(created_at) : null,
  }));

/** Lists all projects, archived ones too. Throws ProviderError: `scope_missing` where the key may not read them. */
export async function readProjects(get: Get, options: RequestOptions): Promise<Project[]> {
  const params: [string, string][] = [['include_archived', 'true']];
  return readList(get, { endpoint: '/organization/projects', params, item: project }, options);
}
