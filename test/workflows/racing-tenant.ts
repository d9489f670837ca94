import { expect, vi } from 'vitest';
import { z } from 'zod';
import { integrationId, readIntegration } from '#clickhouse/integrations/integrations.ts';
import { INTEGRATION_TABLES } from '#clickhouse/writes/tables.ts';
import { USAGE_ENDPOINTS } from '#domain/dataset.ts';
import { addDays } from '#domain/day.ts';
import { changeId, dailySyncId } from '#workflows/contract/ids.ts';
import { isForFacts } from '../support/requested-days.ts';
import type { Stack } from '../support/stack.ts';
import { TODAY } from '../support/today.ts';

const TO = addDays(TODAY, 1);

/** Waits for a moment. A short interval meets it early, a long one spares the servers. */
export const until = (condition: () => Promise<boolean> | boolean, what: string, interval = 10) =>
  vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`not yet: ${what}`);
    },
    { timeout: 200_000, interval },
  );

export type RacingTenant = Awaited<ReturnType<typeof addRacingTenant>>;

/** Adds a tenant whose integration is changed by several requests at a time. It does not affect other tenants. */
export async function addRacingTenant(stack: Stack, tenantId: string) {
  const tenant = await stack.addTenant(tenantId, { factsPerDay: 3 });
  const { simulator, temporal, warehouse } = tenant;
  const id = integrationId(tenantId, simulator.organization.id);
  const key = { tenant_id: tenantId, integration_id: id };
  let releaseBackfills = () => {};
  const costsRequests = () => simulator.requests.filter(({ path }) => path.endsWith('/organization/costs')).length;
  const isRunning = async (workflowId: string) => {
    const { status } = await temporal.workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING';
  };

  return {
    ...tenant,
    id,
    key,
    isRunning,
    isChanging: () => isRunning(changeId(key)),
    statusOf: async () => (await readIntegration(warehouse, key))?.status,
    scheduled: () =>
      temporal.schedule
        .getHandle(dailySyncId(key))
        .describe()
        .then(() => true)
        .catch(() => false),

    async rowsOf(table: string) {
      const sql = `SELECT count() AS rows FROM ${table} FINAL WHERE tenant_id = {tenantId: String}`;
      const row = z.object({ rows: z.coerce.number() });
      return (await warehouse.query({ name: 'rows', sql, params: { tenantId }, row }))[0]?.rows;
    },

    /** Sends a key, and returns the pending response while the key is being checked: until it is released. */
    async startChecking(adminKey: string) {
      const before = costsRequests();
      const release = simulator.hold(() => true);
      const response = tenant.sendKey(adminKey);
      await until(() => costsRequests() > before, 'the key is being checked');
      return { response, release };
    },

    /** Has no backfill get any costs from now on: keys are checked all the same. */
    holdBackfills() {
      releaseBackfills = simulator.hold(isForFacts);
    },
    releaseBackfills: () => releaseBackfills(),

    /** Connects, and returns in the middle of a backfill that ends once it is released. */
    async inMidBackfill() {
      this.holdBackfills();
      const before = costsRequests(); // the check of the key sends one
      const { status } = await tenant.sendKey(simulator.keys.admin);
      expect(status).toBe(201);
      await until(() => costsRequests() > before + 1, 'the backfill reads');
      await until(async () => !(await this.isChanging()), 'its turn is over', 100);
    },

    async expectNothing() {
      await tenant.untilQuiet();
      for (const table of [...INTEGRATION_TABLES, 'credentials'])
        expect([table, await this.rowsOf(table)]).toEqual([table, 0]);
      expect(await this.scheduled()).toBe(false);
    },

    async expectConnected() {
      releaseBackfills();
      // The race is over. Usage that is still to be read would only take time.
      simulator.knobs.down = Object.fromEntries(USAGE_ENDPOINTS.map((name) => [`/organization/usage/${name}`, 403]));
      const view = await tenant.untilStatus(id, 'connected');
      expect(view).toMatchObject({ problem: null, coverage: { missing_days: 0 } });
      expect(await this.scheduled()).toBe(true);
      expect(await this.rowsOf('credentials')).toBe(1);
      const { from } = view.coverage as { from: string };
      expect((await tenant.api(`/v1/costs?from=${from}&to=${TO}`)).body.total).toBe(simulator.truth.total(from, TO));
    },
  };
}
