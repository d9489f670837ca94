import { z } from 'zod';
import { list, text } from './fields.ts';
import type { Credentials, Get } from './http.ts';

/** `status` is `active`, `archived` or what else the provider says; `created_at` in unix seconds, null where missing. */
export type Project = { id: string; name: string; status: string; created_at: number | null };

const PROJECTS = '/organization/projects';
const MOST_PAGES = 1_000;

const projectPage = z.looseObject({
  data: list(
    z
      .looseObject({ id: z.string(), name: text, status: text, created_at: text, archived_at: text })
      .transform(({ id, name, status, created_at, archived_at }) => ({
        id,
        name,
        status: status || (archived_at === '' ? 'active' : 'archived'),
        created_at: /^\d+$/.test(created_at) ? Number(created_at) : null,
      })),
  ),
  has_more: z.boolean().nullish(),
  last_id: text,
});

/**
 * Lists all projects, archived ones too. A list that breaks off (a cursor that repeats or leads nowhere) is returned
 * as far as it went, since cost rows name their project too. Throws OpenAiError: `scope_missing` where the key may
 * read costs but not projects.
 */
export async function readProjects(get: Get, credentials: Credentials): Promise<Project[]> {
  const projects = new Map<string, Project>();
  const cursors = new Set<string>();
  let after = '';

  while (cursors.size < MOST_PAGES) {
    const params: [string, string][] = [
      ['limit', '100'],
      ['include_archived', 'true'],
    ];
    if (after !== '') params.push(['after', after]);
    const { value } = await get(PROJECTS, params, projectPage, credentials);
    for (const project of value.data) projects.set(project.id, project);

    after = value.last_id || (value.data.at(-1)?.id ?? '');
    if (!value.has_more || after === '' || cursors.has(after)) break;
    cursors.add(after);
  }
  return [...projects.values()];
}
