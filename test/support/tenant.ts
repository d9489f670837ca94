import type { Client } from '@temporalio/client';
import { vi } from 'vitest';
import { isRunning } from '#activities/connection/running-workflows.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { Simulator } from '#dev/simulators/openai/simulator.ts';
import { changeId } from '#workflows/contract/ids.ts';
import { runningWorkflows } from './quiet.ts';
import { startScheduled } from './scheduled-run.ts';

/** The API, served to one tenant. */
type Served = { url: string; token: string; close: () => Promise<void> };
type Servers = {
  warehouse: Warehouse;
  temporal: Client;
  /** The ids of the workflows that the API has started, of all tenants. */
  started: ReadonlySet<string>;
  /** All that was logged. */
  lines: readonly string[];
};

export type Tenant = ReturnType<typeof createTenant>;

/** What a test does as one tenant, whose organization is the simulator's. */
export function createTenant(
  { tenantId, simulator, api: served }: { tenantId: string; simulator: Simulator; api: Served },
  { warehouse, temporal, started, lines }: Servers,
) {
  const { url, token } = served;
  /** Calls the API as the tenant. */
  async function api<T = Record<string, unknown>>(
    path: string,
    body?: unknown,
    method = body === undefined ? 'GET' : 'POST',
  ): Promise<{ status: number; body: T }> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  return {
    tenantId,
    url,
    token,
    simulator,
    warehouse,
    temporal,
    api,
    close: served.close,

    /** Sends a key, and polls the attempt where it takes longer than the request. */
    async sendKey(admin_key: unknown, integration_id?: string) {
      let response = await api('/v1/integrations', { admin_key, integration_id });
      while (response.status === 202) response = await api(String(response.body.status_url));
      return response;
    },

    /** Connects a key, however long the check takes. */
    async startConnecting(admin_key: string): Promise<string> {
      const { status, body } = await this.sendKey(admin_key);
      if (status !== 201) throw new Error(`not connected: ${JSON.stringify(body)}\n${lines.slice(-5).join('')}`);
      return String(body.id);
    },

    /** Connects a key and waits until its integration is connected. */
    async connect(admin_key: string): Promise<string> {
      const id = await this.startConnecting(admin_key);
      await this.untilStatus(id, 'connected');
      return id;
    },

    /** Disconnects, and waits for the end where it takes longer than the request. @returns 200, or the problem's code */
    async disconnect(id: string, query = ''): Promise<unknown> {
      const { status, body } = await api(`/v1/integrations/${id}${query}`, undefined, 'DELETE');
      if (status !== 202) return body.code ?? status;
      const change = changeId({ tenant_id: tenantId, integration_id: id });
      await vi.waitFor(
        async () => {
          if (await isRunning(temporal, change)) throw new Error(`${id} is being disconnected`);
        },
        { timeout: 200_000, interval: 100 },
      );
      return 200;
    },

    /** Waits until an integration has the status, and returns it. */
    untilStatus(id: string, status: string) {
      return vi.waitFor(
        async () => {
          // Polls the record: the API's view of it counts days and facts, which keeps the servers busy.
          const record = await readIntegration(warehouse, { tenant_id: tenantId, integration_id: id });
          if (record?.status !== status) throw new Error(`${id} is ${record?.status}, not ${status}`);
          const { body } = await api(`/v1/integrations/${id}`);
          if (body.status !== status) throw new Error(`${id} is ${body.status}, no longer ${status}`);
          return body;
        },
        { timeout: 200_000, interval: 250 },
      );
    },

    /** Runs the daily sync of an integration as ops would, to its end. */
    async syncDaily(id: string): Promise<void> {
      await (await startScheduled(temporal, { tenant_id: tenantId, integration_id: id })).result();
    },

    /** Waits until no workflow of the tenant runs: usage and names arrive after the costs. */
    untilQuiet() {
      return vi.waitFor(
        async () => {
          const running = await runningWorkflows(temporal, { warehouse, tenantId, started });
          if (running.length > 0) throw new Error(`still running: ${running.join(', ')}`);
        },
        { timeout: 200_000, interval: 200 },
      );
    },
  };
}
