import { listProjects } from '../../clickhouse/names.ts';
import type { Dependencies } from '../dependencies.ts';
import { route } from '../route.ts';

export const readProjects = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/projects',
    async handle({ tenantId }) {
      return { body: { data: await listProjects(warehouse, tenantId) } };
    },
  });
