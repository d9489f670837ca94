import { startOf } from '../arithmetic/day.ts';
import { listPage } from '../http/list-page.ts';
import type { SimulatedResponse } from '../http/response.ts';
import type { Organization } from '../organization/organization.ts';

/** `GET /organization/projects` */
export function projects(params: URLSearchParams, organization: Organization): SimulatedResponse {
  const known = [...organization.projects.values()].filter(
    ({ archivedAt }) => archivedAt === null || params.get('include_archived') === 'true',
  );
  return listPage(
    params,
    known.map((project) => ({
      object: 'organization.project',
      id: project.id,
      name: project.name,
      created_at: startOf(project.createdAt),
      archived_at: project.archivedAt && startOf(project.archivedAt),
      status: project.archivedAt === null ? 'active' : 'archived',
      external_key_id: null,
      residency: 'GLOBAL',
    })),
  );
}
