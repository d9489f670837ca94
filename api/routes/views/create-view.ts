import { listSavedViews, writeSavedView } from '#clickhouse/saved-views/saved-views.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { savedView, savedViewBody, toSavedView, viewIdOf } from './saved-view.ts';

/** The page lists all of them. */
const MAX_VIEWS = 200;

export const createView = ({ warehouse }: Dependencies) =>
  route({
    method: 'post',
    path: '/views',
    scope: 'views:write',
    operationId: 'createView',
    summary: 'Saves a view of the page under a name, for everybody of the tenant',
    description: 'A view of the same name is replaced. A tenant has at most 200.',
    body: savedViewBody,
    responses: { 201: { description: 'The view', body: savedView } },
    problems: ['too_many_views'],
    async handle({ tenantId, body }) {
      const view_id = viewIdOf(body.name);
      const views = await listSavedViews(warehouse, tenantId);
      if (views.length >= MAX_VIEWS && !views.some((view) => view.view_id === view_id)) {
        throw new Problem('too_many_views');
      }
      const view = { view_id, ...body };
      await writeSavedView(warehouse, tenantId, view);
      return json(201, toSavedView(view), { location: `/v1/views/${view_id}` });
    },
  });
