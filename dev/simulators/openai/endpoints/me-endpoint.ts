import { json, type SimulatedResponse } from '../http/response.ts';
import { type Organization, userOf } from '../organization/organization.ts';

/** `GET /me`: the only endpoint that names an organization without spend. */
export function me(organization: Organization): SimulatedResponse {
  const owner = userOf(organization, 'owner', 0);
  return json({
    object: 'user',
    id: owner.id,
    email: owner.email,
    name: 'The Owner',
    picture: null,
    created: 1_700_000_000,
    orgs: {
      object: 'list',
      data: [
        {
          object: 'organization',
          id: organization.id,
          created: 1_700_000_000,
          title: organization.name,
          name: organization.slug,
          description: null,
          personal: false,
          is_default: true,
          role: 'owner',
        },
      ],
    },
  });
}
