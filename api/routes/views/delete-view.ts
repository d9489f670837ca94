import { z } from 'zod';
import { readSavedView, writeSavedView } from '#clickhouse/saved-views/saved-views.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { viewId } from './saved-view.ts';

export const deleteView = ({ warehouse }: Dependencies) =>
  route({
    method: 'delete',
    path: '/views/:view_id',
    scope: 'views:write',
    operationId: 'deleteView',
    summary: 'Deletes a saved view',
    params: z.object({ view_id: viewId }),
    responses: {
      200: {
        description: 'The view is deleted',
        body: z.object({ id: z.string(), status: z.literal('deleted') }).meta({ id: 'DeletedView' }),
      },
    },
    async handle({ tenantId, params: { view_id } }) {
      const view = await readSavedView(warehouse, tenantId, view_id);
      if (!view) throw new Problem('not_found');
      await writeSavedView(warehouse, tenantId, view, true);
      return json(200, { id: view_id, status: 'deleted' as const });
    },
  });
