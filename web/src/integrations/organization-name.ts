import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';

type Named = Pick<IntegrationView, 'id' | 'organization'>;

/** What is not seen, or not told apart by the eye: format and control characters, and every kind of space. */
const UNSEEN = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]+/gu;
const asSeen = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').replace(UNSEEN, '').trim();

/** An organization as it is displayed: its name, or its id where there is nothing to see in the name. */
export const organizationName = ({ id, organization }: Named): string =>
  asSeen(organization.name) || organization.id || id;

/** Whether a text, typed or pasted, is the name that is displayed. */
export const isTyped = (typed: string, integration: Named): boolean =>
  asSeen(typed) !== '' && asSeen(typed) === asSeen(organizationName(integration));

/** As displayed among others: organizations of equal names have the end of their id behind it. */
export function distinctName(integration: Named, all: readonly Named[]): string {
  const name = organizationName(integration);
  const isShared = all.some((other) => other.id !== integration.id && organizationName(other) === name);
  return isShared ? `${name} (…${(integration.organization.id || integration.id).slice(-6)})` : name;
}
