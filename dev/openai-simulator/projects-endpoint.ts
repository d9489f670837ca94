import { type Answer, json, Refusal } from './answer.ts';
import { startOf } from './day.ts';
import type { Organization } from './organization.ts';

/** `GET /organization/projects` */
export function projects(params: URLSearchParams, organization: Organization): Answer {
  const limit = Number(params.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new Refusal(400, "Invalid 'limit': expected 1 to 100.", { param: 'limit', code: 'invalid_value' });
  }
  const known = [...organization.projects.values()].filter(
    ({ archivedAt }) => archivedAt === null || params.get('include_archived') === 'true',
  );
  const after = params.get('after');
  const place = after === null ? 0 : known.findIndex(({ id }) => id === after) + 1;
  if (after !== null && place === 0) {
    throw new Refusal(400, `No such project: '${after}'.`, { param: 'after', code: 'invalid_value' });
  }
  const data = known.slice(place, place + limit).map((project) => ({
    object: 'organization.project',
    id: project.id,
    name: project.name,
    created_at: startOf(project.createdAt),
    archived_at: project.archivedAt && startOf(project.archivedAt),
    status: project.archivedAt === null ? 'active' : 'archived',
    external_key_id: null,
    residency: 'GLOBAL',
  }));
  return json({
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: place + limit < known.length,
  });
}
