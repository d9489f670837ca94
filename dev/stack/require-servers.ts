import { createRequire } from 'node:module';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { UserError } from '../cli/user-error.ts';
import type { LaptopSettings } from './settings.ts';
import { probeHttp, probeTcp } from './system/probes.ts';

const TIMEOUT_MS = 5_000;

/** @throws UserError when a given server cannot be used, or ClickHouse cannot be embedded where none is given */
export async function requireServers(settings: LaptopSettings): Promise<void> {
  const { CLICKHOUSE_URL, CLICKHOUSE_USER, CLICKHOUSE_PASSWORD = '', TEMPORAL_ADDRESS } = settings;
  if (CLICKHOUSE_URL) await requireClickhouse(CLICKHOUSE_URL, CLICKHOUSE_USER, CLICKHOUSE_PASSWORD);
  else requireEmbeddedClickhouse();
  if (TEMPORAL_ADDRESS) await requireTemporal(TEMPORAL_ADDRESS);
}

/** @throws UserError when ClickHouse cannot be embedded on this machine */
export function requireEmbeddedClickhouse(platform: string = process.platform, arch: string = process.arch): void {
  const library = `@chdb/lib-${platform}-${arch}${platform === 'linux' ? '-gnu' : ''}`;
  try {
    createRequire(import.meta.url).resolve(`${library}/package.json`);
  } catch {
    throw new UserError(
      `ClickHouse cannot be embedded: ${library} is not installed. Run npm ci. If it is still missing, this machine is ` +
        'not supported (Linux with glibc or macOS, x64 or arm64): set CLICKHOUSE_URL to a server.',
    );
  }
}

/** @throws UserError when a ClickHouse server does not respond, or refuses the user */
async function requireClickhouse(url: string, user: string, password: string): Promise<void> {
  const ping = new URL('ping', url.endsWith('/') ? url : `${url}/`);
  await probeHttp(ping.href, AbortSignal.timeout(TIMEOUT_MS)).catch(() => {
    throw new UserError(
      `CLICKHOUSE_URL is ${ping.origin}, but no ClickHouse responds there: start it, or unset CLICKHOUSE_URL.`,
    );
  });
  const warehouse = openWarehouse({ url, user, password, database: 'default', application: 'pump' });
  const isAccepted = await warehouse.ping();
  await warehouse.close();
  if (isAccepted) return;
  throw new UserError(
    `The ClickHouse at ${ping.origin} refuses the user ${user}: set its CLICKHOUSE_USER and CLICKHOUSE_PASSWORD.`,
  );
}

/** @throws UserError when nothing listens at a Temporal address, host:port */
export async function requireTemporal(address: string): Promise<void> {
  const [, host = '', port = ''] = /^\[?(.+?)\]?:(\d+)$/.exec(address) ?? [];
  await probeTcp(host, Number(port), TIMEOUT_MS).catch(() => {
    throw new UserError(
      `TEMPORAL_ADDRESS is ${address}, but no Temporal responds there: start it, or unset TEMPORAL_ADDRESS.`,
    );
  });
}
