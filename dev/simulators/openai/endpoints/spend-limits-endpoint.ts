import { lettersFrom } from '../arithmetic/random.ts';
import type { Knobs } from '../http/knobs.ts';
import { listPage } from '../http/list-page.ts';
import { json, Refusal, type SimulatedResponse } from '../http/response.ts';
import type { Organization } from '../organization/organization.ts';

/** The organization, or one of its projects. */
type Scope = { organization: Organization; projectId?: string };

/** `GET /organization/spend_limit` and `/organization/projects/{project_id}/spend_limit` */
export function spendLimit(scope: Scope, { spendLimits, unsetSpendLimit }: Knobs): SimulatedResponse {
  const limit = spendLimits[nameOf(scope)];
  if (!limit && unsetSpendLimit === 'null') return json(null);
  if (!limit) throw new Refusal(404, 'No spend limit is set.', { code: 'not_found' });
  return json({
    object: `${scope.projectId ? 'project' : 'organization'}.spend_limit`,
    currency: 'USD',
    interval: 'month',
    threshold_amount: limit.cents,
    enforcement: { status: limit.enforcing ? 'enforcing' : 'inactive' },
  });
}

/** `GET /organization/spend_alerts` and `/organization/projects/{project_id}/spend_alerts` */
export function spendAlerts(params: URLSearchParams, scope: Scope, { spendAlerts }: Knobs): SimulatedResponse {
  const alerts = spendAlerts[nameOf(scope)] ?? [];
  return listPage(
    params,
    alerts.map((cents) => ({
      object: `${scope.projectId ? 'project' : 'organization'}.spend_alert`,
      id: `alert_${lettersFrom(`${scope.organization.id}/${nameOf(scope)}/${cents}`, 16)}`,
      currency: 'USD',
      interval: 'month',
      threshold_amount: cents,
      notification_channel: { type: 'email', recipients: ['finance@acme.example'], subject_prefix: null },
    })),
  );
}

/** What the knobs call it: `organization`, or a project's short name. Refuses another organization's project with 404. */
function nameOf({ organization, projectId }: Scope): string {
  if (projectId === undefined) return 'organization';
  const [name] = [...organization.projects].find(([, { id }]) => id === projectId) ?? [];
  if (!name) throw new Refusal(404, `No project found with id '${projectId}'.`, { code: 'not_found' });
  return name;
}
