import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ClickHouseException } from '../sql/exception.ts';
import type { Analyst } from '../users/analysts.ts';
import { header } from './request.ts';

/** A user of the HTTP interface, and the role whose rights its statements have. An analyst has limits. */
export type Account = { user: string; password: string; role: string; analyst?: Analyst };

type Credentials = Pick<Account, 'user' | 'password'>;

/**
 * Finds the account of a request and compares the passwords in constant time. A request has its credentials in
 * ClickHouse's headers, as Basic authentication or in its URL.
 * @throws ClickHouseException 516
 */
export function authenticate(url: URL, request: IncomingMessage, accounts: Account[]): Account {
  const given = digest(credentialsOf(url, request));
  const accepted = accounts.filter((account) => timingSafeEqual(given, digestOf(account)));
  if (accepted[0]) return accepted[0];
  throw new ClickHouseException(
    516,
    'AUTHENTICATION_FAILED',
    'Authentication failed: password is incorrect, or there is no user with such name',
  );
}

function credentialsOf(url: URL, request: IncomingMessage): Credentials {
  const user = header(request, 'x-clickhouse-user');
  const password = header(request, 'x-clickhouse-key');
  if (user !== undefined || password !== undefined) return { user: user ?? 'default', password: password ?? '' };
  const authorization = header(request, 'authorization');
  if (authorization !== undefined) {
    const basic = Buffer.from(/^Basic (.*)$/i.exec(authorization)?.[1] ?? '', 'base64').toString();
    const colon = basic.indexOf(':');
    return { user: basic.slice(0, Math.max(colon, 0)), password: basic.slice(colon + 1) };
  }
  return { user: url.searchParams.get('user') || 'default', password: url.searchParams.get('password') ?? '' };
}

function digest({ user, password }: Credentials): Buffer {
  return hash('sha256', JSON.stringify([user, password]), 'buffer');
}

const digests = new WeakMap<Account, Buffer>();

/** Computed once: each request would compute them for all accounts. */
function digestOf(account: Account): Buffer {
  const known = digests.get(account) ?? digest(account);
  digests.set(account, known);
  return known;
}
