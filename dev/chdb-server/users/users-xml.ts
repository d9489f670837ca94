import { OWNER } from '../engine/connections.ts';
import type { Analyst } from './analysts.ts';
import type { Warehouse } from './warehouse.ts';

// What an analyst may do in databases of its own. No dictionaries: their sources would read with all rights.
const WRITING =
  'SELECT, INSERT, ALTER, CREATE DATABASE, CREATE TABLE, CREATE VIEW, DROP DATABASE, DROP TABLE, DROP VIEW, TRUNCATE, ' +
  'OPTIMIZE, SHOW';

/**
 * The engine has one user, and for each of ours a role. A connection takes one of them on by SET ROLE, which only we
 * send. The row policies know the role, as those of access.sql know the user.
 */
export function usersXml(warehouse: Warehouse, analysts: Analyst[]): string {
  const { database } = warehouse;
  const roles = analysts.map(
    (analyst) =>
      `<${analyst.role}><grants>${grantsOf(analyst, warehouse).map(query).join('')}</grants></${analyst.role}>`,
  );
  const ofTenant = analysts.map(({ role, tenant }) => `${has(role)} AND tenant_id = '${tenant}'`);
  const policies = warehouse.tables.map((table) => policy(table, [has(OWNER), ...ofTenant].join(' OR ')));
  // They show what other users run, with its data.
  const hidden = [
    ...['processes', 'user_processes', 'errors', 'query_cache'].map((table) => policy(table, has(OWNER))),
    policy('mutations', `${has(OWNER)} OR database != '${database}'`),
  ];
  return `<clickhouse>
<profiles><default/></profiles>
<quotas><default/></quotas>
<roles>
<${OWNER}><grants>${[
    'GRANT ALL ON *.*',
    // A server's file() reads below user_files_path only; chDB's reads the whole machine. This prevents accidents; it
    // does not keep the owner from files.
    'REVOKE FILE ON *.*',
    'REVOKE SYSTEM SHUTDOWN ON *.*', // it and SYSTEM KILL signal the whole process group, the parent included
  ]
    .map(query)
    .join('')}</grants></${OWNER}>
${roles.join('\n')}
</roles>
<users><default>
<no_password/>
<networks><ip>::/0</ip></networks>
<profile>default</profile>
<quota>default</quota>
<grants>${query(`GRANT ${[OWNER, ...analysts.map(({ role }) => role)].join(', ')}`)}</grants>
${
  // A policy costs each statement half a millisecond.
  analysts.length === 0
    ? ''
    : `<databases><${database}>${policies.join('\n')}</${database}><system>${hidden.join('')}</system></databases>`
}
</default></users>
</clickhouse>
`;
}

function grantsOf(analyst: Analyst, { database, grants }: Warehouse): string[] {
  return [
    ...grants.map(({ columns, relation }) => `GRANT SELECT${columns} ON ${database}.${relation}`),
    ...[`${analyst.database}.*`, `${analyst.database}_*.*`].map((own) => `GRANT ${WRITING} ON ${own}`),
    'GRANT CREATE TEMPORARY TABLE ON *.*',
  ];
}

const query = (sql: string) => `<query>${sql}</query>`;
const has = (role: string) => `has(currentRoles(), '${role}')`;
const policy = (table: string, filter: string) => `<${table}><filter>${filter}</filter></${table}>`;
