import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { openWarehouse } from '#clickhouse/client/client.ts';
import type { WarehouseOptions } from '#clickhouse/client/options.ts';

type Statement = { path: string; headers: Record<string, string>; body: Buffer };

/**
 * Two databases behind one address, as two replicas are behind a balancer: `second` lacks all that was written since
 * `catchUp`. A statement with `select_sequential_consistency` sees every write that a majority has; any other statement may
 * reach the second. Days are not waited for: docs/adr/0032 says why.
 * @param careless whether that setting is ignored, as if statements did not have it
 */
export async function startLaggingReplica(
  first: WarehouseOptions,
  second: WarehouseOptions,
  { careless = false } = {},
) {
  const missed: Statement[] = [];
  const unseen: Statement[] = [];

  async function run({ path, headers, body }: Statement, database: string) {
    const url = new URL(path, first.url);
    url.searchParams.set('database', database);
    const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) });
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
  }

  async function execute(request: IncomingMessage) {
    const { url = '', headers } = request;
    const statement: Statement = {
      path: url,
      headers: { authorization: headers.authorization ?? '', 'content-type': 'text/plain' },
      body: await buffer(request),
    };
    const { searchParams } = new URL(url, first.url);
    const text = (searchParams.get('query') ?? statement.body.toString()).trimStart();
    const seesAll = !careless && searchParams.get('select_sequential_consistency') === '1';
    const isRead = /^(SELECT|WITH)/i.test(text);
    if (isRead) return run(statement, seesAll ? first.database : second.database);
    const isSeen = careless || searchParams.has('insert_quorum') || /INTO \w*(days|day_reads)\b/.test(text);
    if (!isSeen) {
      unseen.push(statement);
      return { status: 200, headers: new Headers(), body: Buffer.alloc(0) };
    }
    const response = await run(seesAll ? statement : selectingFrom(second.database, statement), first.database);
    if (response.status === 200) missed.push(statement);
    return response;
  }

  const server = createServer(async (request, response) => {
    const result = await execute(request);
    const sent = [...result.headers].filter(([name]) => name.startsWith('x-clickhouse'));
    response.writeHead(result.status, Object.fromEntries(sent)).end(result.body);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const warehouse = openWarehouse({ ...first, url });
  return {
    warehouse,
    /** Brings the second to the state of the first. */
    async catchUp() {
      for (const statement of unseen.splice(0)) {
        await run(statement, first.database);
        missed.push(statement);
      }
      for (const statement of missed.splice(0)) await run(statement, second.database);
    },
    async close() {
      await warehouse.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An insert of a selection on a replica selects what that one has; its rows reach the others. */
function selectingFrom(database: string, { body, ...rest }: Statement): Statement {
  const text = body.toString();
  if (!/^\s*INSERT[^;]*\sSELECT\s/i.test(text)) return { ...rest, body };
  return { ...rest, body: Buffer.from(text.replaceAll(/\bFROM (\w+)/g, `FROM ${database}.$1`)) };
}
