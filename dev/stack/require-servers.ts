import { createRequire } from 'node:module';
import { openWarehouse } from '#clickhouse/client/client.ts';
import { Problem } from '../cli/user-error.ts';
import { answersOk } from './parts.ts';
import { listens } from './system/probes.ts';

const PATIENCE_MS = 5_000;

/** @throws Problem when ClickHouse cannot be embedded on this machine */
export function requireEmbeddedClickhouse(platform: string = process.platform, arch: string = process.arch): void {
  const library = `@chdb/lib-${platform}-${arch}${platform === 'linux' ? '-gnu' : ''}`;
  try {
    createRequire(import.meta.url).resolve(`${library}/package.json`);
  } catch {
    throw new Problem(
      `The embedded ClickHouse is not there: ${library} is not installed. Run npm ci; where that does not help, this ` +
        'machine is not one it is made for (Linux with glibc or macOS, x64 or arm64), and CLICKHOUSE_URL has to ' +
        'name a server.',
    );
  }
}

/** @throws Problem when the given ClickHouse server does not answer, or does not know the user */
export async function requireClickhouse(url: string, user: string, password: string): Promise<void> {
  const ping = new URL('ping', url.endsWith('/') ? url : `${url}/`);
  await answersOk(ping.href, AbortSignal.timeout(PATIENCE_MS)).catch(() => {
    throw new Problem(
      `CLICKHOUSE_URL is ${ping.origin}, but no ClickHouse answers there: start it, or unset CLICKHOUSE_URL.`,
    );
  });
  const warehouse = openWarehouse({ url, user, password, database: 'default', application: 'pump' });
  const known = await warehouse.ping();
  await warehouse.close();
  if (known) return;
  throw new Problem(
    `The ClickHouse at ${ping.origin} refuses the user ${user}: give its CLICKHOUSE_USER and CLICKHOUSE_PASSWORD.`,
  );
}

/** @throws Problem when nothing listens at the given Temporal address, host:port */
export async function requireTemporal(address: string): Promise<void> {
  const [, host = '', port = ''] = /^\[?(.+?)\]?:(\d+)$/.exec(address) ?? [];
  await listens(host, Number(port), PATIENCE_MS).catch(() => {
    throw new Problem(
      `TEMPORAL_ADDRESS is ${address}, but no Temporal answers there: start it, or unset TEMPORAL_ADDRESS.`,
    );
  });
}
