import { z } from 'zod';
import { listAlerts } from '#clickhouse/alerts/list-alerts.ts';
import { questionOf } from '../../answers/answers.ts';
import { json, route } from '../../http/route.ts';
import { alertView } from '../alerts/alert-view.ts';
import { MAX_ALERTS } from '../alerts/list-alerts.ts';
import { budgetView } from '../budgets/budget-view.ts';
import { viewBudgets } from '../budgets/list-budgets.ts';
import type { Dependencies } from '../dependencies.ts';
import { integrationView, viewIntegrations } from '../integrations/view/integration-view.ts';
import { shareNextSyncs } from '../integrations/view/next-syncs.ts';
import { integrationLimits } from '../limits/integration-limits.ts';
import { type Limits, readLimits } from '../limits/list-limits.ts';
import { session } from '../session/get-session.ts';

const OR_NULL = 'null where they cannot be read now';

const body = session
  .extend({
    integrations: z.array(integrationView).meta({ description: 'As in their list' }),
    alerts: z
      .array(alertView)
      .nullable()
      .meta({ description: `The latest ${MAX_ALERTS}, newest first; ${OR_NULL}` }),
    budgets: z
      .array(budgetView)
      .nullable()
      .meta({ description: `As in their list; ${OR_NULL}` }),
    limits: z
      .array(integrationLimits)
      .nullable()
      .meta({ description: `OpenAI’s spend limits of each integration; ${OR_NULL}` }),
  })
  .meta({ id: 'Overview' });
export type Overview = z.input<typeof body>;

/** How everything of a tenant stands, beside its costs. */
export const getOverview = (dependencies: Dependencies) => {
  const { warehouse, answers, workflowsUrl, log } = dependencies;
  const nextSyncsOf = shareNextSyncs(dependencies.temporal);

  /** A part that fails costs no other. */
  const orNull = <T>(part: string, reading: Promise<T>) =>
    reading.catch((err: unknown) => {
      log.error({ part, err }, 'A part of the overview could not be read');
      return null;
    });

  /** The answer of `/v1/limits`, which is kept once for both. */
  async function keptLimits(tenantId: string): Promise<Overview['limits']> {
    const answer = await answers({
      tenantId,
      question: questionOf('/v1/limits'),
      isOneStatement: false,
      compute: async (revision) => Buffer.from(JSON.stringify(await readLimits(warehouse, tenantId, { revision }))),
    });
    return (JSON.parse(String(answer?.bytes)) as Limits).data;
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
        orNull('alerts', listAlerts(warehouse, tenantId, { limit: MAX_ALERTS })),
        orNull('budgets', viewBudgets(dependencies, tenantId)),
        orNull('limits', keptLimits(tenantId)),
      ]);
      const token = { tenant_id: tenantId, scopes: [...scopes], workflows_url: workflowsUrl ?? null };
      return json(200, { ...token, integrations, alerts, budgets, limits });
    },
  });
};
