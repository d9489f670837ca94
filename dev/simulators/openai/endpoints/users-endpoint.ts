import { type Member, memberOf } from '../bill/members.ts';
import { listPage } from '../http/list-page.ts';
import type { SimulatedResponse } from '../http/response.ts';
import type { Organization } from '../organization/organization.ts';

const ADDED = 1_700_000_000;

/** `GET /organization/users`: people, without service accounts. */
export function users(
  params: URLSearchParams,
  organization: Organization,
  members: readonly Member[],
): SimulatedResponse {
  const people = [memberOf(organization, 'owner', 0), ...members.filter(({ kind }) => kind === 'user')];
  return listPage(
    params,
    people.map(({ id, name, email }, i) => ({
      object: 'organization.user',
      id,
      name,
      email,
      role: i === 0 ? 'owner' : 'reader',
      added_at: ADDED + i * 86_400,
    })),
  );
}
