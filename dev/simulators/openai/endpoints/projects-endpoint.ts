import { startOf } from '../arithmetic/day.ts';
import type { Knobs } from '../http/knobs.ts';
import { listPage } from '../http/list-page.ts';
import type { SimulatedResponse } from '../http/response.ts';
import type { Organization } from '../organization/organization.ts';

/** `GET /organization/projects` */
export function projects(
  params: URLSearchParams,
  organization: Organization,
  { residencies }: Knobs,
): SimulatedResponse {
  const known = [...organization.projects].filter(
    ([, { archivedAt }]) => archivedAt === null || params.get('include_archived') === 'true',
  );
  return listPage(
    params,
    known.map(([name, project]) => ({
      object: 'organization.project',
      id: project.id,
      name: project.name,
      created_at: startOf(project.createdAt),
      archived_at: project.archivedAt && startOf(project.archivedAt),
      status: project.archivedAt === null ? 'active' : 'archived',
      external_key_id: null,
      residency: residencies[name] ?? 'GLOBAL',
    })),
  );
}
