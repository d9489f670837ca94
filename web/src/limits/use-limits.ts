import { useMemo } from 'react';
import { partOf } from '../overview/overview-part.ts';
import { useOverview } from '../overview/use-overview.ts';

/** OpenAI's spend limits of an organization, or of all. */
export function useLimits(integration: string | undefined) {
  const { data: all, error } = partOf('limits', useOverview());
  const limits = useMemo(
    () => all?.filter((each) => integration === undefined || each.integration_id === integration),
    [all, integration],
  );
  return { limits, error };
}
