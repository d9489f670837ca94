import { useMemo } from 'react';
import { useJson } from '../../api/use-fetch.ts';
import type { View } from '../view/view.ts';

type Projects = { data: { project_id: string; project_label: string }[] };

/** The names of the projects that are filtered by, also of those without costs. */
export function useNames({ filters }: View): ReadonlyMap<string, string> {
  const { data } = useJson<Projects>(filters.project_id ? '/v1/projects' : null);
  return useMemo(() => new Map(data?.data.map(({ project_id, project_label }) => [project_id, project_label])), [data]);
}
