/** A user of access.sql with the role that it was granted. */
type User = { name: string; role: string | undefined };

/**
 * The users.xml that has the same effect as these statements, as far as it can: rights and row policies in one database.
 * @param settings values of custom settings; the embedded engine has none, so they replace the calls of getSetting
 */
export function usersXml(statements: readonly string[], settings: Record<string, string>): string {
  const roles = new Map(all(statements, /^GRANT (\w+) TO (\w+)$/).map(([role, user]) => [user, role]));
  const names = all(statements, /^CREATE USER IF NOT EXISTS (\w+)/).map(([name = '']) => name);
  const users = names.map((name) => ({ name, role: roles.get(name) }));
  return `<clickhouse>
    <profiles><default/></profiles>
    <quotas><default/></quotas>
    <users>
      ${element('default', '<grants><query>GRANT ALL ON *.* WITH GRANT OPTION</query></grants>')}
      ${users.map((user) => element(user.name, grantsOf(user, statements) + policiesOf(user, statements, settings))).join('\n')}
    </users>
  </clickhouse>`;
}

function element(name: string, rights: string): string {
  return `<${name}><no_password/><networks><ip>::/0</ip></networks>
    <profile>default</profile><quota>default</quota>${rights}</${name}>`;
}

function grantsOf({ name, role }: User, statements: readonly string[]): string {
  const queries = all(statements, /^((?:GRANT|REVOKE) .*? ON )(\S+) (?:TO|FROM) (\w+)$/s)
    .filter(([, , to]) => to === name || to === role)
    .map(([right, table = '']) => `<query>${right}${table.includes('.') ? table : `default.${table}`}</query>`);
  return `<grants>${queries.join('')}</grants>`;
}

function policiesOf({ name, role }: User, statements: readonly string[], settings: Record<string, string>): string {
  const policies = all(statements, /^CREATE ROW POLICY OR REPLACE \w+\s+ON (.*?)\s+USING (.*?)\s+TO (.*)$/s);
  const filters = policies
    .filter(([, , to = '']) => to.split(', ').some((each) => [name, role].includes(each)))
    .flatMap(([tables = '', condition = '']) => {
      const filter = condition.replaceAll(/getSetting\('(\w+)'\)/g, (_, setting: string) => `'${settings[setting]}'`);
      return tables.split(/,\s+/).map((table) => `<${table}><filter>${filter}</filter></${table}>`);
    });
  return `<databases><default>${filters.join('')}</default></databases>`;
}

/** The captured groups of each statement that matches the pattern. */
function all(statements: readonly string[], pattern: RegExp): string[][] {
  return statements.flatMap((statement) => {
    const match = pattern.exec(statement);
    return match ? [match.slice(1)] : [];
  });
}
