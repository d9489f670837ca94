import { useMemo } from 'react';
import { useOverview } from '../overview/use-overview.ts';

/** OpenAI's spend limits of an organization, or of all. */
export function useLimits(integration: string | undefined) {
  const { overview, error } = useOverview();
  const limits = useMemo(
    () => overview?.limits.filter((each) => integration === undefined || each.integration_id === integration),
    [overview, integration],
  );
  return { limits, error };
}
