import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { sender } from './request.ts';
import { withServer } from './with-server.ts';

/**
 * A request as a client sent it, body and response in base64; `response` where it is the same each time. Those of
 * clickhouse-odbc were written down from its source, which says what it sends and how it reads the response.
 */
type Recorded = {
  client: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  status: number;
  response?: string;
};

const file = new URL('../../fixtures/client-requests.json', import.meta.url);
const recorded = JSON.parse(await readFile(file, 'utf8')) as Recorded[];
const server = withServer();
const send = sender(() => server.engine);
beforeAll(async () => {
  await send('CREATE DATABASE py');
});

it.each([...new Set(recorded.map(({ client }) => client))])('answers what %s sends', async (client) => {
  for (const { url, headers, body, status, response } of recorded.filter((one) => one.client === client)) {
    const sent = await send('', {}, { headers, body: Buffer.from(body, 'base64') }, url);
    const of = Buffer.from(body, 'base64').toString('latin1').slice(0, 80);
    expect([of, sent.status]).toEqual([of, status]);
    if (response !== undefined) expect([of, sent.bytes.toString('base64')]).toEqual([of, response]);
  }
});
