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
// A server reads 256 KiB of SQL unless told otherwise; the engine still applies its own limit.
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/** The body, decompressed. A connection that is lost makes it throw, and so do compressed data that end early. */
export function openBody(request: IncomingMessage): AsyncIterable<Buffer> {
  const encoding = header(request, 'content-encoding')?.toLowerCase() ?? 'identity';
  // Where reading ends early, the connection stays: the client is to be told why.
  if (encoding === 'identity') return request.iterator({ destroyOnReturn: false });
  const decoder = DECODERS[encoding]?.();
  if (!decoder) {
    throw new ClickHouseException(89, 'UNKNOWN_COMPRESSION_METHOD', 'Unknown compression method in Content-Encoding');
  }
  // For the same reason this is not pipeline().
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

/** Reads all of a body that is SQL. @throws ClickHouseException when it is too large */
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

/** Whether the body is a form, whose fields count like those of the URL. */
export function isForm(request: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(header(request, 'content-type') ?? '');
}

/** Adds a form's fields to what the URL said. */
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
