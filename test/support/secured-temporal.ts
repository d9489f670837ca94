import { readFileSync } from 'node:fs';
import { connect, createSecureServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A file of test/fixtures/tls. */
export const tlsFile = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));

type Options = {
  /** Whether clients must show a certificate of the CA. */
  mutual?: boolean;
  /** The API key that each call must carry. */
  apiKey?: string;
  /** Whether calls of the operator service are refused, as Temporal Cloud does. */
  withoutOperator?: boolean;
};

const PERMISSION_DENIED = '7';

/** A Temporal server behind TLS, as Temporal Cloud is: what it lets through goes to the run's server as it came. */
export async function secureTemporal(address: string, { mutual = false, apiKey, withoutOperator }: Options) {
  const connectUpstream = () => connect(`http://${address}`).on('error', () => {}); // its calls fail by themselves
  let upstream = connectUpstream();
  const read = (name: string) => readFileSync(tlsFile(name));
  const tls = { cert: read('server.crt'), key: read('server.key'), ca: read('ca.crt') };
  const server = createSecureServer({ ...tls, requestCert: mutual, rejectUnauthorized: mutual });
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  const calls: string[] = [];
  server.on('stream', (stream, headers) => {
    const path = String(headers[':path']);
    calls.push(path);
    const hasKey = apiKey === undefined || headers.authorization === `Bearer ${apiKey}`;
    if (!hasKey || (withoutOperator && path.includes('OperatorService'))) return refuse(stream);
    if (upstream.closed) upstream = connectUpstream(); // a server ends connections after minutes
    const call = upstream.request({ ...headers, ':authority': address, ':scheme': 'http' });
    call.on('response', (response) => {
      stream.respond(response, { waitForTrailers: true });
      call.pipe(stream);
    });
    let trailers = {};
    call.on('trailers', (theirs) => {
      trailers = theirs;
    });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    for (const either of [call, stream]) either.on('error', () => {});
    stream.on('close', () => call.close());
    stream.pipe(call);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async close() {
      for (const session of sessions) session.destroy();
      upstream.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refuse(stream: ServerHttp2Stream): void {
  const status = { 'grpc-status': PERMISSION_DENIED, 'grpc-message': 'Request unauthorized.' };
  stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...status }, { endStream: true });
}
