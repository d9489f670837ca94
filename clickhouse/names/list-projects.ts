import { z } from 'zod';
import type { Warehouse } from '../client/client.ts';

export const project = z
  .object({
    integration_id: z.string(),
    project_id: z.string(),
    project_name: z.string(),
    project_label: z.string().meta({ description: 'The name, with the end of the id where several projects share it' }),
    status: z.string(),
    residency: z
      .string()
      .meta({ description: 'Where its data reside, as OpenAI calls it; empty where it does not say' }),
  })
  .meta({ id: 'Project' });
export type Project = z.infer<typeof project>;

/** A tenant's projects by name: those that OpenAI lists, and those that only have costs. */
export function listProjects(warehouse: Warehouse, tenantId: string): Promise<Project[]> {
  return warehouse.query({
    name: 'projects',
    sql: `SELECT integration_id, project_id, project_name, project_label, status, residency FROM projects
          WHERE tenant_id = {tenant_id: String} ORDER BY project_name, project_id`,
    params: { tenant_id: tenantId },
    row: project,
  });
}
