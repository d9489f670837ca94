import { type Answer, json } from '../http/response.ts';
import { type Organization, userOf } from '../organization/organization.ts';

/** `GET /me`: the one place that names an organization which spends nothing. */
export function me(organization: Organization): Answer {
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
