import { useMemo } from 'react';
import { useJson } from '../../api/use-fetch.ts';
import type { DimensionValues } from './paths.ts';

type Projects = { data: { project_id: string; project_label: string }[] };
/** The most that the API gives at once. */
const MOST = 10_000;

/** The names of the ids that costs are filtered by: of projects, also of those without costs; of keys and users of a year. */
export function useNames(filters: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const valuesOf = (name: string) => (filters[name] ? `/v1/dimensions/${name}?limit=${MOST}` : null);
  const { data: projects } = useJson<Projects>(filters.project_id ? '/v1/projects' : null);
  const { data: keys } = useJson<DimensionValues>(valuesOf('api_key_id'));
  const { data: users } = useJson<DimensionValues>(valuesOf('user_id'));
  return useMemo(() => {
    const ofProjects = (projects?.data ?? []).map((each): [string, string] => [each.project_id, each.project_label]);
    const others = [...(keys?.data ?? []), ...(users?.data ?? [])];
    return new Map([...ofProjects, ...others.map(({ value, label }): [string, string] => [value, label])]);
  }, [projects, keys, users]);
}
