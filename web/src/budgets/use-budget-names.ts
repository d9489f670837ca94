import { useMemo } from 'react';
import type { BudgetView } from '#api/routes/budgets/budget-view.ts';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { useJson } from '../api/use-fetch.ts';
import { INTEGRATIONS } from '../integrations/use-integrations.ts';
import { namesById } from './counted-costs.ts';

type Projects = { data: { project_id: string; project_label: string }[] };

/** The names of the projects and organizations that budgets count, by id. */
export function useBudgetNames(budgets: readonly BudgetView[]): ReadonlyMap<string, string> {
  const needs = (name: string) => budgets.some(({ filters }) => filters[name]);
  const { data: integrations } = useJson<{ data: IntegrationView[] }>(needs('integration_id') ? INTEGRATIONS : null);
  const { data: projects } = useJson<Projects>(needs('project_id') ? '/v1/projects' : null);
  return useMemo(() => {
    const projectNames = (projects?.data ?? []).map((each): [string, string] => [each.project_id, each.project_label]);
    return namesById(new Map(projectNames), integrations?.data ?? []);
  }, [integrations, projects]);
}
