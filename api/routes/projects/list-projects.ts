import { z } from 'zod';
import { project, listProjects as readProjects } from '#clickhouse/names/list-projects.ts';
import { json, route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';

export const listProjects = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/projects',
    scope: 'costs:read',
    operationId: 'listProjects',
    summary: 'Lists OpenAI’s projects, including archived ones and those that only have costs',
    responses: {
      200: {
        description: 'Projects, ordered by name',
        body: z.object({ data: z.array(project) }).meta({ id: 'Projects' }),
      },
    },
    conditional: 'one statement',
    async handle({ tenantId }) {
      return json(200, { data: await readProjects(warehouse, tenantId) });
    },
  });
