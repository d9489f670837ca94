import { sql } from '../client/sql.ts';

/** SQL of a table (id, name): the names that OpenAI lists to a tenant. A user without a name is called by its e-mail. */
export const listedNames = (kind: 'project' | 'api_key' | 'user') => sql`
  SELECT id, argMax(if(name = '', email, name), version) AS name
  FROM name_records FINAL
  WHERE tenant_id = {tenant_id: String} AND kind = '${kind}'
  GROUP BY id`;

/** SQL of a table (id, name): the organizations of a tenant's integrations. */
export const organizationNames = sql`
  SELECT integration_id AS id, organization_name AS name
  FROM integration_records FINAL
  WHERE tenant_id = {tenant_id: String}`;
