import { z } from 'zod';
import { listProjects, project } from '#clickhouse/writes/names.ts';
import { route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';

export const readProjects = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/projects',
    scope: 'costs:read',
    operationId: 'listProjects',
    summary: 'The projects that OpenAI lists, archived ones too, and those that only have costs',
    answers: { 200: { description: 'By name', body: z.object({ data: z.array(project) }) } },
    cached: true,
    async handle({ tenantId }) {
      return { 200: { data: await listProjects(warehouse, tenantId) } };
    },
  });
