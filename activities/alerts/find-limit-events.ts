import type { Warehouse } from '#clickhouse/client/client.ts';
import { listLimitedTenants, readCurrentLimits } from '#clickhouse/limits/current-limits.ts';
import { readLimitedCosts } from '#clickhouse/limits/limited-costs.ts';
import { readSpentByProject, spentOf } from '#clickhouse/limits/spent-by-project.ts';
import { type IntegrationEvent, limitEvent } from '#domain/alerts/integration-events.ts';
import { addDays, type Day, monthOf } from '#domain/day.ts';
import type { IntegrationKey } from '#domain/integration.ts';
import { limitOutlook } from '#domain/limits/limit-outlook.ts';

/** What is to be told of OpenAI's own limits: three statements for each tenant that has any. */
export async function findLimitEvents(warehouse: Warehouse, today: Day, only?: IntegrationKey) {
  const tenants = only ? [only.tenant_id] : await listLimitedTenants(warehouse);
  const events: IntegrationEvent[] = [];
  for (const tenantId of tenants) {
    events.push(...(await findOfTenant(warehouse, tenantId, { today, only: only?.integration_id })));
  }
  return events;
}

type Selection = { today: Day; only: string | undefined };

async function findOfTenant(warehouse: Warehouse, tenant_id: string, { today, only }: Selection) {
  const found = await readCurrentLimits(warehouse, tenant_id, only === undefined ? undefined : [only]);
  const limited = found.filter(({ limits }) => limits.length > 0);
  if (limited.length === 0) return [];
  const to = addDays(today, 1);
  const month = monthOf(today);
  const integrations = limited.map(({ integration_id }) => integration_id);
  const spent = await readSpentByProject(warehouse, tenant_id, { range: { from: month.from, to }, integrations });
  const daysOf = await readLimitedCosts(warehouse, tenant_id, { to, integrations });
  return limited.flatMap(({ integration_id, limits }) =>
    limits.flatMap((limit) => {
      const costs = { today, spent: spentOf(spent, integration_id, limit), days: daysOf({ ...limit, integration_id }) };
      return limitEvent({ tenant_id, integration_id }, limit, limitOutlook(limit, costs), month);
    }),
  );
}
