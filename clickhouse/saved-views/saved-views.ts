import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';

const savedView = z.object({ view_id: z.string(), name: z.string(), query: z.string() });
/** A view of the page under a name: `query` has the parameters of its address. */
export type SavedView = z.infer<typeof savedView>;

/** A tenant's saved views, or one of them, by name. */
export function listSavedViews(warehouse: Warehouse, tenantId: string, viewId?: string): Promise<SavedView[]> {
  return warehouse.query({
    name: 'saved views',
    sql: `SELECT view_id, name, query
          FROM saved_views FINAL
          WHERE tenant_id = {tenant_id: String} AND NOT is_deleted
            ${viewId === undefined ? '' : 'AND view_id = {view_id: String}'}
          ORDER BY name, view_id`,
    params: { tenant_id: tenantId, ...(viewId !== undefined && { view_id: viewId }) },
    row: savedView,
  });
}

/** @returns undefined where the tenant has no such view */
export async function readSavedView(warehouse: Warehouse, tenantId: string, id: string) {
  return (await listSavedViews(warehouse, tenantId, id))[0];
}

/** Writes a view's whole state; the latest write wins. */
export async function writeSavedView(warehouse: Warehouse, tenantId: string, view: SavedView, is_deleted = false) {
  await warehouse.insert('saved_views', [{ tenant_id: tenantId, version: Date.now(), is_deleted, ...view }]);
}
