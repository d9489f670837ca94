import { z } from 'zod';
import type { IntegrationKey } from '#domain/integration.ts';
import type { Warehouse } from '../client/client.ts';

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

/** SQL of a table (id, name): what OpenAI lists of a kind to a tenant. A user without a name is called by e-mail. */
export const listedNames = (kind: Name['kind']) =>
  `SELECT id, argMax(if(name = '', email, name), version) AS name FROM name_records FINAL
   WHERE tenant_id = {tenant_id: String} AND kind = '${kind}' GROUP BY id`;

/** SQL of a table (id, name): the organizations that a tenant's integrations are of. */
export const organizationNames = `SELECT integration_id AS id, organization_name AS name FROM integration_records FINAL
  WHERE tenant_id = {tenant_id: String}`;
