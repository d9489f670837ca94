import { z } from 'zod';
import { readSavedView } from '#clickhouse/saved-views/saved-views.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { savedView, toSavedView, viewId } from './saved-view.ts';

export const getView = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/views/:view_id',
    scope: 'costs:read',
    operationId: 'getView',
    summary: 'Gets one saved view',
    params: z.object({ view_id: viewId }),
    responses: { 200: { description: 'The view', body: savedView } },
    async handle({ tenantId, params: { view_id } }) {
      const view = await readSavedView(warehouse, tenantId, view_id);
      if (!view) throw new Problem('not_found');
      return json(200, toSavedView(view));
    },
  });
