import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { asSeen, displayName } from '../ui/format/name.ts';

type Named = Pick<IntegrationView, 'id' | 'organization'>;

/** An organization as it is displayed: its name, or its id where there is nothing to see in the name. */
export const organizationName = ({ id, organization }: Named): string =>
  displayName(organization.name) || organization.id || id;

/** Whether a text, typed or pasted, is the name that is displayed, as the eye tells it. */
export const isTyped = (typed: string, integration: Named): boolean =>
  asSeen(typed) !== '' && asSeen(typed) === asSeen(organizationName(integration));

/** As displayed among others: organizations of equal names have the end of their id behind it. */
export function distinctName(integration: Named, all: readonly Named[]): string {
  const name = organizationName(integration);
  const isShared = all.some((other) => other.id !== integration.id && asSeen(organizationName(other)) === asSeen(name));
  return isShared ? `${name} (…${(integration.organization.id || integration.id).slice(-6)})` : name;
}
