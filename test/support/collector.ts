import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import protobuf from 'protobufjs';

/** Of OpenTelemetry's protocol what tests look at; fields that are not named here are skipped. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated Attribute attributes = 1; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
    repeated Attribute attributes = 9; Status status = 15;
  }
  message Attribute { string key = 1; Value value = 2; }
  message Value { oneof value { string text = 1; bool flag = 2; int64 integer = 3; double number = 4; } }
  message Status { int32 code = 3; }
`);
const Request = root.lookupType('Request');

export type SentSpan = {
  service: string;
  trace: string;
  id: string;
  parent: string;
  name: string;
  attributes: Record<string, unknown>;
  failed: boolean;
};

type Attributes = { key: string; value: object }[];
type Decoded = {
  resourceSpans: { resource: { attributes: Attributes }; scopeSpans: { spans: DecodedSpan[] }[] }[];
};
type DecodedSpan = {
  traceId: Buffer;
  spanId: Buffer;
  parentSpanId: Buffer;
  name: string;
  attributes: Attributes;
  status?: { code: number };
};

/** An OpenTelemetry collector that keeps the spans that it is sent. `bodies`: all that was sent, as it was. */
export async function startCollector() {
  const spans: SentSpan[] = [];
  const bodies: Buffer[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request).catch(() => undefined); // the sender may give up
    if (!body) return;
    bodies.push(body);
    const { resourceSpans } = Request.toObject(Request.decode(body), { arrays: true, longs: Number }) as Decoded;
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = String(valuesOf(resource.attributes)['service.name']);
      spans.push(...scopeSpans.flatMap((scope) => scope.spans).map((span) => ({ service, ...toSpan(span) })));
    }
    response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    bodies,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const toSpan = ({ traceId, spanId, parentSpanId, name, attributes, status }: DecodedSpan) => ({
  trace: traceId.toString('hex'),
  id: spanId.toString('hex'),
  parent: (parentSpanId ?? Buffer.alloc(0)).toString('hex'),
  name,
  attributes: valuesOf(attributes),
  failed: status?.code === 2,
});

const valuesOf = (attributes: Attributes) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
