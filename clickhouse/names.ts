import { z } from 'zod';
import type { Warehouse } from './client.ts';
import type { IntegrationKey } from './integrations.ts';

export const project = z.object({
  integration_id: z.string(),
  project_id: z.string(),
  project_name: z.string(),
  status: z.string(),
});
export type Project = z.infer<typeof project>;

/** A tenant's projects by name: those listed by OpenAI and those that only have costs. */
export function listProjects(warehouse: Warehouse, tenantId: string): Promise<Project[]> {
  return warehouse.query({
    name: 'projects',
    sql: `SELECT integration_id, project_id, project_name, status FROM projects
          WHERE tenant_id = {tenant_id: String} ORDER BY project_name, project_id`,
    params: { tenant_id: tenantId },
    row: project,
  });
}

export type Name = {
  kind: 'project' | 'api_key' | 'user';
  id: string;
  name: string;
  status?: string;
  email?: string;
  project_id?: string;
};

/** Writes the names that OpenAI lists now. What it no longer lists keeps its last name. */
export async function writeNames(
  warehouse: Warehouse,
  target: IntegrationKey & { version: number },
  names: readonly Name[],
): Promise<void> {
  if (names.length === 0) return;
  await warehouse.insert(
    'name_records',
    names.map((name) => ({ ...target, ...name })),
  );
}
