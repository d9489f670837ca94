import { NativeSelect, Title } from '@mantine/core';
import type { RefObject } from 'react';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { distinctName } from '../../integrations/organization-name.ts';
import layout from '../../ui/layout.module.css';
import type { View } from '../view/view.ts';

/** Whose figures a view has, in words. */
export function organizationOf({ integration }: Pick<View, 'integration'>, all: readonly IntegrationView[]): string {
  const only = all.length === 1 ? all[0] : all.find(({ id }) => id === integration);
  return only ? distinctName(only, all) : `All ${all.length} organizations`;
}

type Props = {
  ref: RefObject<HTMLHeadingElement | null>;
  view: View;
  /** Undefined while they load. */
  integrations: readonly IntegrationView[] | undefined;
  onChange: (integration: string | undefined) => void;
};

/** Names the organization whose figures these are; where there are several, one of them can be chosen. */
export function OrganizationHeading({ ref, view, integrations = [], onChange }: Props) {
  return (
    <>
      <Title order={1} size="h3" ref={ref} tabIndex={-1}>
        {integrations.length > 0 ? organizationOf(view, integrations) : 'Costs'}
        <span className={layout.visuallyHidden}>: costs</span>
      </Title>
      {integrations.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label="Organization"
          value={view.integration ?? ''}
          onChange={({ currentTarget: { value } }) => onChange(value || undefined)}
          data={[
            { value: '', label: 'All organizations' },
            ...integrations.map((each) => ({ value: each.id, label: distinctName(each, integrations) })),
          ]}
        />
      )}
    </>
  );
}
