import { startOf } from '../arithmetic/day.ts';
import type { ApiKey, Member } from '../bill/members.ts';
import type { Knobs } from '../http/knobs.ts';
import { listPage } from '../http/list-page.ts';
import { Refusal, type SimulatedResponse } from '../http/response.ts';
import type { Organization } from '../organization/organization.ts';

/**
 * `GET /organization/projects/{project_id}/api_keys`; 404 for a project that is not the organization's. Keys of people who
 * lost access are listed with `owner_project_access=any` alone.
 */
export function apiKeys(
  projectId: string,
  params: URLSearchParams,
  organization: Organization,
  all: readonly ApiKey[],
  { formerMembers, ownerProjectAccess }: Knobs,
): SimulatedResponse {
  const project = organization.projects.values().find(({ id }) => id === projectId);
  if (!project) throw new Refusal(404, `No project found with id '${projectId}'.`, { code: 'not_found' });
  const access = params.get('owner_project_access');
  if (access !== null && !ownerProjectAccess) {
    throw new Refusal(400, "Unknown parameter: 'owner_project_access'.", { code: 'unknown_parameter' });
  }
  const created_at = startOf(project.createdAt);
  return listPage(
    params,
    all
      .filter((key) => key.projectId === projectId)
      .filter(({ owner }) => access === 'any' || !formerMembers.includes(owner.login))
      .map(({ id, name, owner }, i) => ({
        object: 'organization.project.api_key',
        id,
        name,
        redacted_value: `sk-proj-*****${id.slice(-4)}`,
        created_at,
        last_used_at: i % 5 === 4 ? null : created_at + 86_400,
        owner: ownerOf(owner, created_at),
      })),
  );
}

function ownerOf({ kind, id, name, email }: Member, created_at: number): object {
  if (kind === 'user') {
    const user = { object: 'organization.project.user', id, name, email, role: 'member', added_at: created_at };
    return { type: kind, user };
  }
  const service_account = { object: 'organization.project.service_account', id, name, role: 'member', created_at };
  return { type: kind, service_account };
}
