import type { Overview } from '#api/routes/overview/get-overview.ts';
import { useOverview } from '../overview/use-overview.ts';

/** Whether the token has a scope; true until it is known. */
export const useMay = (scope: 'integrations:write' | 'budgets:write' | 'channels:write') =>
  useOverview().overview?.scopes.includes(scope) ?? true;

/** The tenant of the token and what it allows; undefined while it is loading. */
export const useSession = (isNeeded = true): Overview | undefined => useOverview({ isNeeded }).overview;
