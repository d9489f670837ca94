import type { Limits } from '#api/routes/limits/list-limits.ts';
import { useJson } from '../api/use-fetch.ts';

/** OpenAI's spend limits of an organization, or of all. */
export function useLimits(integration: string | undefined) {
  const query = integration === undefined ? '' : `?${new URLSearchParams({ integration_id: integration })}`;
  const { data, error } = useJson<Limits>(`/v1/limits${query}`, { keepsPrevious: false });
  return { limits: data?.data, error };
}
