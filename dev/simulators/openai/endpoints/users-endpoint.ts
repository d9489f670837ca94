import { type Member, memberOf } from '../bill/members.ts';
import type { Knobs } from '../http/knobs.ts';
import { listPage } from '../http/list-page.ts';
import type { SimulatedResponse } from '../http/response.ts';
import type { Organization } from '../organization/organization.ts';

const ADDED = 1_700_000_000;

/** `GET /organization/users`: people who have access; where users are nested, service accounts, too. */
export function users(
  params: URLSearchParams,
  organization: Organization,
  members: readonly Member[],
  { formerMembers, nestedUsers }: Knobs,
): SimulatedResponse {
  const present = members.filter(({ login }) => !formerMembers.includes(login));
  const people = [memberOf(organization, 'owner', 0), ...present.filter(({ kind }) => kind === 'user' || nestedUsers)];
  return listPage(
    params,
    people.map((member, i) => ({
      object: 'organization.user',
      id: member.id,
      ...(nestedUsers ? nested(member) : { name: member.name, email: member.email }),
      role: i === 0 ? 'owner' : 'reader',
      added_at: ADDED + i * 86_400,
    })),
  );
}

function nested({ id, name, email, kind }: Member): object {
  const is_service_account = kind === 'service_account';
  const user = { object: 'user', id, name, email: is_service_account ? null : email };
  return { name: null, email: null, is_service_account, user };
}
