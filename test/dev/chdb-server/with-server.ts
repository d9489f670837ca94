import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClickHouseClient, type ClickHouseClientConfigOptions, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, inject } from 'vitest';
import { type ChdbServer, startChdbServer } from '#dev/chdb-server/spawn.ts';

/** A chdb-server for one test file, with the client that the product uses, unmodified. */
export function withServer({ analysts = '' } = {}) {
  const clients: ClickHouseClient[] = [];
  let directory: string;
  let engine: ChdbServer;
  beforeAll(async () => {
    directory = await temporaryDirectory();
    engine = await startChdbServer({ directory, analysts });
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await engine.stop();
    await rm(directory, { recursive: true, force: true });
  });

  function connect(options: ClickHouseClientConfigOptions = {}): ClickHouseClient {
    const client = createClient({ url: engine.url, password: engine.password, log: { level: 127 }, ...options });
    clients.push(client);
    return client;
  }
  let shared: ClickHouseClient | undefined;
  return {
    get engine() {
      return engine;
    },
    get directory() {
      return directory;
    },
    get client() {
      shared ??= connect();
      return shared;
    },
    connect,
  };
}

export function temporaryDirectory(): Promise<string> {
  return mkdtemp(join(inject('directory'), 'chdb-server-'));
}

/** The rows of a query, as JSON has them. */
export async function rows<T = Record<string, unknown>>(client: ClickHouseClient, query: string, options = {}) {
  const result = await client.query({ query, format: 'JSONEachRow', ...options });
  return result.json<T>();
}
