import type { ChdbServer } from '#dev/chdb-server/spawn.ts';

export type Reply = { status: number; code: string | undefined; headers: Headers; bytes: Buffer; text: string };
export type Send = (
  sql: string,
  parameters?: Record<string, string>,
  init?: RequestInit,
  path?: string,
) => Promise<Reply>;

/** Sends SQL as the body of a request, by a user of the server. */
export function sender(server: () => ChdbServer, user = 'default', password?: string): Send {
  return async (sql, parameters = {}, init = {}, path = `/?${new URLSearchParams(parameters)}`) => {
    const authorization = `Basic ${Buffer.from(`${user}:${password ?? server().password}`).toString('base64')}`;
    const response = await fetch(`${server().url}${path}`, {
      method: 'POST',
      body: sql,
      ...init,
      headers: { authorization, 'accept-encoding': 'identity', ...init.headers },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const code = response.headers.get('x-clickhouse-exception-code') ?? undefined;
    return { status: response.status, code, headers: response.headers, bytes, text: bytes.toString() };
  };
}
