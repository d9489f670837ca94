import { type Analyst, readAnalysts } from '../chdb-server/users/analysts.ts';
import type { LaptopSettings } from './settings.ts';
import type { Stack } from './stack.ts';

/** The addresses of a running stack, and its secrets: print them to a terminal, never to a log. */
export function describeStack(stack: Stack, settings: LaptopSettings): string {
  const { api, temporalUi, clickhouse, secrets } = stack;
  const analysts = analystsOf(stack, settings);
  return [
    `Page         ${pageUrl(stack)}`,
    `API          ${api}`,
    `Token        ${secrets.API_TOKEN}`,
    `SQL          ${clickhouse}`,
    ...(analysts.length === 0 ? [`  user       ${settings.CLICKHOUSE_USER}`] : []),
    ...analysts.flatMap(({ user, password, database }) => [
      `  user       ${user}: reads the views, writes into ${database}`,
      `  password   ${password}`,
    ]),
    `Temporal UI  ${temporalUi ?? `of the server at ${settings.TEMPORAL_ADDRESS}`}`,
    `Data, logs   ${stack.directory}`,
  ].join('\n');
}

/** Commands that read what is there. They hold the token, too. */
export function describeReading(stack: Stack, settings: LaptopSettings): string {
  const { api, clickhouse, secrets } = stack;
  const owner = { user: settings.CLICKHOUSE_USER, password: secrets.CLICKHOUSE_PASSWORD };
  const { user, password } = analystsOf(stack, settings)[0] ?? owner;
  const table = settings.CLICKHOUSE_DATABASE === 'default' ? 'costs' : `${settings.CLICKHOUSE_DATABASE}.costs`;
  return [
    'Show the progress, and the costs:',
    `  curl ${authorizationOption(stack)} \\`,
    `    ${api}/v1/integrations`,
    `  curl ${authorizationOption(stack)} \\`,
    `    '${api}/v1/costs?granularity=month'`,
    'Query in SQL:',
    `  curl -u '${user}:${password}' \\`,
    `    ${clickhouse} -d 'SELECT sum(amount) FROM ${table}'`,
    'For the commands in docs/:',
    `  export TOKEN=${secrets.API_TOKEN}`,
    `  export CLICKHOUSE_PASSWORD=${password}`,
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
