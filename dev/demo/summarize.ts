import type { ApiClient, Integration } from './api-client.ts';
import type { Summary } from './summary.ts';

/** Fetches what the summary shows. */
export async function summarize(api: ApiClient, integration: Integration, seconds: number): Promise<Summary> {
  const [months, projects, models, tokenTypes] = await Promise.all([
    api.costs(integration, 'month'),
    api.costs(integration, 'project_id'),
    api.costs(integration, 'model'),
    api.costs(integration, 'token_type'),
  ]);
  return { integration, seconds, months, projects, models, tokenTypes };
}

/** The summary as JSON for programs; money is decimal text. */
export function summaryRecord({ integration, seconds, months }: Summary) {
  return {
    organization: integration.organization.name,
    integration_id: integration.id,
    days: integration.coverage.days,
    facts: integration.coverage.facts,
    total: months.total,
    provider_total: integration.reconciliation.theirs,
    seconds: Math.round(seconds * 10) / 10,
  };
}
