import { sql } from '../client/sql.ts';

/** SQL of a table (id, name): the names that OpenAI lists to a tenant. An e-mail address is never used as a name. */
export const listedNames = (kind: 'project' | 'api_key' | 'user') => sql`
  SELECT id, argMaxIf(name, version, name != '') AS name
  FROM name_records FINAL
  WHERE tenant_id = {tenant_id: String} AND kind = '${kind}'
  GROUP BY id`;

/** SQL of a table (id, name): the organizations of a tenant's integrations. */
export const organizationNames = sql`
  SELECT integration_id AS id, organization_name AS name
  FROM integration_records FINAL
  WHERE tenant_id = {tenant_id: String}`;
