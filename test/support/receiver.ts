import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

type Received = { headers: IncomingHttpHeaders; body: string };

/** A receiver of webhooks. It responds with `status`, and keeps what it got. */
export async function startReceiver() {
  const received: Received[] = [];
  const receiver = { url: '', status: 200, received, close };
  const server = createServer((request, response) => {
    const keep = (body: string) => {
      received.push({ headers: request.headers, body });
      response.writeHead(receiver.status, { location: '/elsewhere' }).end();
    };
    // The sender may be killed while it sends.
    text(request).then(keep, () => {});
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook-of-secret-path`;
  async function close() {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return receiver;
}
