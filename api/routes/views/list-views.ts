import { z } from 'zod';
import { listSavedViews } from '#clickhouse/saved-views/saved-views.ts';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { savedView, toSavedView } from './saved-view.ts';

const body = z.object({ data: z.array(savedView) }).meta({ id: 'SavedViews' });
export type SavedViews = z.infer<typeof body>;

export const listViews = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/views',
    scope: 'costs:read',
    operationId: 'listViews',
    summary: 'Lists the tenant’s saved views, by name',
    responses: { 200: { description: 'Every view', body } },
    async handle({ tenantId }) {
      return json(200, { data: (await listSavedViews(warehouse, tenantId)).map(toSavedView) });
    },
  });
