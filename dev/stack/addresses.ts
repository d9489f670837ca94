import { type Analyst, readAnalysts } from '../chdb-server/users/analysts.ts';
import type { LaptopSettings } from './settings.ts';
import type { Stack } from './stack.ts';

/** The addresses of a running stack, and commands to paste. Holds the token: print it to a terminal, never to a log. */
export function describeStack(stack: Stack, settings: LaptopSettings): string {
  const { api, temporalUi, clickhouse, secrets } = stack;
  const authorization = authorizationOption(stack);
  const owner = { user: settings.CLICKHOUSE_USER, password: secrets.CLICKHOUSE_PASSWORD };
  const analysts = analystsOf(stack, settings);
  const { user, password } = analysts[0] ?? owner;
  const table = settings.CLICKHOUSE_DATABASE === 'default' ? 'costs' : `${settings.CLICKHOUSE_DATABASE}.costs`;
  return [
    `Page         ${pageUrl(stack)}`,
    `API          ${api}`,
    `Temporal UI  ${temporalUi ?? `of the server at ${settings.TEMPORAL_ADDRESS}`}`,
    `SQL          ${clickhouse}  (user ${settings.CLICKHOUSE_USER})`,
    ...analysts.map(
      (analyst) =>
        `             user ${analyst.user}, password ${analyst.password}: reads views, writes into ${analyst.database}`,
    ),
    `Token        ${secrets.API_TOKEN}`,
    `Data, logs   ${stack.directory}`,
    '',
    'Show the progress, and the costs:',
    `  curl ${authorization} \\`,
    `    ${api}/v1/integrations`,
    `  curl ${authorization} \\`,
    `    '${api}/v1/costs?granularity=month'`,
    'Query in SQL:',
    `  curl -u '${user}:${password}' \\`,
    `    ${clickhouse} -d 'SELECT sum(amount) FROM ${table}'`,
  ].join('\n');
}

/** Those of the embedded ClickHouse; a given server has users of its own. */
export function analystsOf({ secrets }: Stack, settings: LaptopSettings): Analyst[] {
  if (settings.CLICKHOUSE_URL) return [];
  return readAnalysts(settings.ANALYSTS, {
    tenant: settings.TENANT_ID,
    secret: secrets.CLICKHOUSE_PASSWORD,
    warehouse: settings.CLICKHOUSE_DATABASE,
  });
}

/** The command that connects a key. */
export function describeConnecting(stack: Stack): string {
  return [
    'Connect an OpenAI admin key:',
    `  curl ${authorizationOption(stack)} \\`,
    `    -H 'Content-Type: application/json' -d '{"admin_key": "sk-admin-…"}' \\`,
    `    ${stack.api}/v1/integrations`,
  ].join('\n');
}

/** The page with its token behind the #, which browsers do not send to any server. */
export function pageUrl({ api, secrets }: Stack): string {
  return `${api}/#token=${encodeURIComponent(secrets.API_TOKEN)}`;
}

function authorizationOption({ secrets }: Stack): string {
  return `-H "Authorization: Bearer ${secrets.API_TOKEN}"`;
}
