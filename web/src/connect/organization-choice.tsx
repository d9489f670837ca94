import { NativeSelect } from '@mantine/core';
import { organizationName } from '../integrations/organization-name.ts';
import { useIntegrations } from '../integrations/use-integrations.ts';

/** Whose key it is: an integration's id, `new` for another organization, or '' where OpenAI's id of it decides. */
export type Choice = string;

/** Problems that the user resolves by saying whose key it is. */
export const NEEDS_CHOICE = ['organization_unclear', 'organization_differs'];

/** Lets the user say whose key it is: OpenAI does not always say, and an equal name may be another organization's. */
export function OrganizationChoice({ value, onChange }: { value: Choice; onChange: (choice: Choice) => void }) {
  const { integrations = [] } = useIntegrations();
  return (
    <NativeSelect
      label="This key is for"
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[
        { value: '', label: 'The organization that OpenAI names' },
        ...integrations.map(({ id, organization }) => ({
          value: id,
          label: `${organizationName({ id, organization })} (${organization.id || id}): replace its key`,
        })),
        { value: 'new', label: 'Another organization, which is not connected yet' },
      ]}
    />
  );
}
