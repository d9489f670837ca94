import { z } from 'zod';
import { listAlerts } from '#clickhouse/alerts/list-alerts.ts';
import { today } from '#domain/day.ts';
import { json, route } from '../../http/route.ts';
import { alertView } from '../alerts/alert-view.ts';
import { budgetView } from '../budgets/budget-view.ts';
import { viewBudgets } from '../budgets/list-budgets.ts';
import type { Dependencies } from '../dependencies.ts';
import { integrationView, viewIntegrations } from '../integrations/view/integration-view.ts';
import { shareNextSyncs } from '../integrations/view/next-syncs.ts';
import { integrationLimits, viewLimits } from '../limits/integration-limits.ts';
import { session } from '../session/get-session.ts';

/** A page is told of these; their list has all. */
const MAX_ALERTS = 200;

const body = session
  .extend({
    integrations: z.array(integrationView).meta({ description: 'As in their list' }),
    alerts: z
      .array(alertView)
      .nullable()
      .meta({ description: `The latest ${MAX_ALERTS}, newest first; null where they cannot be read now` }),
    budgets: z
      .array(budgetView)
      .nullable()
      .meta({ description: 'As in their list; null where they cannot be read now' }),
    limits: z
      .array(integrationLimits)
      .nullable()
      .meta({ description: 'OpenAI’s spend limits of each integration; null where they cannot be read now' }),
  })
  .meta({ id: 'Overview' });
export type Overview = z.input<typeof body>;

/** How everything of a tenant stands, beside its costs. */
export const getOverview = (dependencies: Dependencies) => {
  const { warehouse, answers, workflowsUrl } = dependencies;
  const nextSyncsOf = shareNextSyncs(dependencies.temporal);

  async function readLimits(tenantId: string): Promise<Overview['limits']> {
    const now = today();
    const answer = await answers({
      tenantId,
      question: JSON.stringify(['limits', now]),
      isOneStatement: false,
      compute: async () => Buffer.from(JSON.stringify(await viewLimits(warehouse, tenantId, { today: now }))),
    });
    return JSON.parse(String(answer?.bytes));
  }

  return route({
    method: 'get',
    path: '/overview',
    scope: 'costs:read',
    operationId: 'getOverview',
    summary:
      'Gets how everything stands beside the costs: integrations, alerts, budgets, limits, and what the token allows',
    responses: { 200: { description: 'The state as of now', body } },
    async handle({ tenantId, scopes }) {
      const [integrations, alerts, budgets, limits] = await Promise.all([
        viewIntegrations(dependencies, tenantId, nextSyncsOf(tenantId)),
        listAlerts(warehouse, tenantId, { limit: MAX_ALERTS }),
        viewBudgets(dependencies, tenantId),
        readLimits(tenantId),
      ]);
      const token = { tenant_id: tenantId, scopes: [...scopes], workflows_url: workflowsUrl ?? null };
      return json(200, { ...token, integrations, alerts, budgets, limits });
    },
  });
};
