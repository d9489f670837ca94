import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ClickHouseException } from '../sql/exception.ts';
import { header } from './request.ts';

export type Credentials = { user: string; password: string };

/**
 * Compares the credentials of a request with the expected ones in constant time. A request has them in ClickHouse's
 * headers, as Basic authentication or in its URL.
 * @throws ClickHouseException 516
 */
export function authenticate(url: URL, request: IncomingMessage, expected: Credentials): void {
  const given = credentialsOf(url, request);
  const user = equal(given.user, expected.user);
  const password = equal(given.password, expected.password);
  if (user && password) return;
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

function equal(a: string, b: string): boolean {
  const digest = (text: string) => hash('sha256', text, 'buffer');
  return timingSafeEqual(digest(a), digest(b));
}
