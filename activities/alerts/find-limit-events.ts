import type { Warehouse } from '#clickhouse/client/client.ts';
import { listLimitedTenants, readCurrentLimits } from '#clickhouse/limits/current-limits.ts';
import { readLimitCosts } from '#clickhouse/limits/limit-costs.ts';
import type { IntegrationEvent } from '#domain/alerts/integration-events.ts';
import { limitEvents } from '#domain/alerts/limit-events.ts';
import { type Day, monthOf } from '#domain/day.ts';
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
  const integrations = limited.map(({ integration_id }) => integration_id);
  const costsOf = await readLimitCosts(warehouse, tenant_id, { today, integrations });
  return limited.flatMap(({ integration_id, read_on, limits }) =>
    limits.flatMap((limit) => {
      const outlook = limitOutlook({ ...limit, read_on }, costsOf({ ...limit, integration_id }));
      return limitEvents({ tenant_id, integration_id }, limit, outlook, monthOf(today));
    }),
  );
}
