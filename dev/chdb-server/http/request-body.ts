import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { ClickHouseException } from '../sql/exception.ts';
import { header, type Parameters, readFields } from './request.ts';

const DECODERS: Record<string, () => Duplex> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};
// Larger than a server's default of 256 KiB: the engine applies its own limit as well.
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/** The body, decompressed. Iterating throws when the connection is lost or compressed data end early. */
export function openBody(request: IncomingMessage): AsyncIterable<Buffer> {
  const encoding = header(request, 'content-encoding')?.toLowerCase() ?? 'identity';
  // If reading stops early, the connection stays open, so that the client gets the error.
  if (encoding === 'identity') return request.iterator({ destroyOnReturn: false });
  const decoder = DECODERS[encoding]?.();
  if (!decoder) {
    throw new ClickHouseException(89, 'UNKNOWN_COMPRESSION_METHOD', 'Unknown compression method in Content-Encoding');
  }
  // Not pipeline(), for the same reason.
  request.on('error', (error) => decoder.destroy(error)).pipe(decoder);
  return decoded(decoder);
}

async function* decoded(decoder: Duplex): AsyncGenerator<Buffer> {
  try {
    yield* decoder;
  } catch (error) {
    throw new ClickHouseException(354, 'ZLIB_INFLATE_FAILED', `The body cannot be read: ${(error as Error).message}`);
  }
}

/** Reads a body of SQL to its end. @throws ClickHouseException when it is too large */
export async function readText(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const read: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    read.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_TEXT_BYTES) throw new ClickHouseException(229, 'QUERY_IS_TOO_LARGE', 'The query is too large');
  }
  return Buffer.concat(read);
}

/** Whether the body is a form: its fields are parameters like those of the URL. */
export function isForm(request: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(header(request, 'content-type') ?? '');
}

/** Reads a form's fields and merges them with the URL's parameters, which take precedence. */
export async function readForm(
  request: IncomingMessage,
  body: AsyncIterable<Buffer>,
  url: Parameters,
): Promise<Parameters> {
  const headers = { 'content-type': header(request, 'content-type') ?? '' };
  const data = await new Response(new Uint8Array(await readText(body)), { headers }).formData().catch(() => {
    throw new ClickHouseException(36, 'BAD_ARGUMENTS', 'The form in the body cannot be read');
  });
  const fields = [...data].map(([name, value]): [string, string] => {
    if (typeof value === 'string') return [name, value];
    throw new ClickHouseException(48, 'NOT_IMPLEMENTED', 'External tables are not supported by the embedded engine');
  });
  const form = readFields(fields);
  return {
    query: url.query + form.query,
    queryId: url.queryId ?? form.queryId,
    database: url.database ?? form.database,
    format: url.format ?? form.format,
    settings: { ...form.settings, ...url.settings },
    parameters: { ...form.parameters, ...url.parameters },
  };
}
