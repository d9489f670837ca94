import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ClickHouseException } from '../sql/exception.ts';
import type { Analyst } from '../users/analysts.ts';
import { header } from './request.ts';

/** A user of the HTTP interface, and the role whose rights its statements have. An analyst has limits. */
export type Account = { user: string; password: string; role: string; analyst?: Analyst };

/**
 * Finds the account of a request and compares the passwords in constant time. A request has its credentials in
 * ClickHouse's headers, as Basic authentication or in its URL.
 * @throws ClickHouseException 516
 */
export function authenticate(url: URL, request: IncomingMessage, accounts: Account[]): Account {
  const given = credentialsOf(url, request);
  const accepted = accounts.filter(({ user, password }) => {
    const isUser = equal(given.user, user);
    return equal(given.password, password) && isUser;
  });
  if (accepted[0]) return accepted[0];
  throw new ClickHouseException(
    516,
    'AUTHENTICATION_FAILED',
    'Authentication failed: password is incorrect, or there is no user with such name',
  );
}

function credentialsOf(url: URL, request: IncomingMessage): Pick<Account, 'user' | 'password'> {
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

function equal(a: string, b: string): boolean {
  const digest = (text: string) => hash('sha256', text, 'buffer');
  return timingSafeEqual(digest(a), digest(b));
}
