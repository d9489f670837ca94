import type { LaptopSettings, Stack } from './stack.ts';

/** The addresses of a running stack, and lines to paste. Holds the token: it is for the terminal, never for a log. */
export function whereToLook(stack: Stack, settings: LaptopSettings): string {
  const { api, temporalUi, clickhouse, secrets } = stack;
  const authorization = authorize(stack);
  const user = `-u '${settings.CLICKHOUSE_USER}:${secrets.CLICKHOUSE_PASSWORD}'`;
  const table = settings.CLICKHOUSE_DATABASE === 'default' ? 'costs' : `${settings.CLICKHOUSE_DATABASE}.costs`;
  return [
    `Page         ${pageUrl(stack)}`,
    `API          ${api}`,
    `Temporal UI  ${temporalUi ?? `that of ${settings.TEMPORAL_ADDRESS}`}`,
    `SQL          ${clickhouse}  (user ${settings.CLICKHOUSE_USER})`,
    `Token        ${secrets.API_TOKEN}`,
    `Data, logs   ${stack.directory}`,
    '',
    'See how far it is, and what it costs:',
    `  curl ${authorization} \\`,
    `    ${api}/v1/integrations`,
    `  curl ${authorization} \\`,
    `    '${api}/v1/costs?granularity=month'`,
    'Ask in SQL:',
    `  curl ${user} \\`,
    `    ${clickhouse} -d 'SELECT sum(amount) FROM ${table}'`,
  ].join('\n');
}

/** How a key is connected by hand. */
export function howToConnect(stack: Stack): string {
  return [
    'Connect an OpenAI admin key:',
    `  curl ${authorize(stack)} \\`,
    `    -H 'Content-Type: application/json' -d '{"admin_key": "sk-admin-…"}' \\`,
    `    ${stack.api}/v1/integrations`,
  ].join('\n');
}

function authorize({ secrets }: Stack): string {
  return `-H "Authorization: Bearer ${secrets.API_TOKEN}"`;
}

/** The page with its token, behind the #: a browser sends that nowhere. */
export function pageUrl({ api, secrets }: Stack): string {
  return `${api}/#token=${encodeURIComponent(secrets.API_TOKEN)}`;
}
