import { Connection } from '@temporalio/client';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { serveApi } from '../support/serve-api.ts';

export type ProblemBody = { code: string; detail: string; errors?: { pointer: string; message: string }[] };

/** The API without Temporal, called as any tenant. */
export function asTenants(warehouse: Warehouse) {
  const temporal = Connection.lazy(); // never connects
  const apis = new Map<string, ReturnType<typeof serveApi>>();
  async function fetchApi<T>(tenantId: string, path: string): Promise<{ status: number; body: T & ProblemBody }> {
    if (!apis.has(tenantId)) apis.set(tenantId, serveApi(warehouse, temporal, tenantId));
    const { url, headers } = await (apis.get(tenantId) as ReturnType<typeof serveApi>);
    const response = await fetch(url + path, { headers });
    return { status: response.status, body: (await response.json()) as T & ProblemBody };
  }
  /** The rows of all pages of a question. */
  async function fetchAllPages<R>(tenantId: string, path: string): Promise<R[]> {
    const rows: R[] = [];
    let cursor: string | null = '';
    do {
      const next: string = cursor && `&cursor=${cursor}`;
      const { status, body } = await fetchApi<{ data: R[]; next_cursor: string | null }>(tenantId, path + next);
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      rows.push(...body.data);
      cursor = body.next_cursor;
    } while (cursor);
    return rows;
  }
  const close = async () => {
    for (const api of apis.values()) await (await api).close();
    await temporal.close();
  };
  return { fetchApi, fetchAllPages, close };
}
