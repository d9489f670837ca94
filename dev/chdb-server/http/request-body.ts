import type { IncomingMessage } from 'node:http';
import { type Duplex, Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress, gunzipSync } from 'node:zlib';
import { fromBlocks } from '../compression/blocks.ts';
import { fromLz4Frames } from '../compression/lz4-frame.ts';
import { ClickHouseException } from '../sql/exception.ts';
import { following, readStart } from './chunks.ts';
import { header } from './request.ts';

const DECODERS: Record<string, () => Duplex> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};
// Compressed data up to here are decompressed at once: to set up a stream takes longer.
const SMALL_BYTES = 16 * 1024;
// Larger than a server's default of 256 KiB: the engine applies its own limit as well.
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/**
 * The body, decompressed; `inBlocks`: below its content encoding it is in ClickHouse's own compressed blocks. Iterating
 * throws when the connection is lost or compressed data end early.
 */
export function openBody(request: IncomingMessage, inBlocks: boolean): AsyncGenerator<Buffer> {
  // If reading stops early, the connection stays open, so that the client gets the error.
  const body = request.iterator({ destroyOnReturn: false }) as AsyncGenerator<Buffer>;
  const content = decode(body, header(request, 'content-encoding')?.toLowerCase() ?? 'identity');
  return inBlocks ? fromBlocks(content) : content;
}

function decode(body: AsyncGenerator<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  if (encoding === 'identity') return body;
  if (encoding === 'lz4') return readable(fromLz4Frames(body));
  const decoder = DECODERS[encoding];
  if (!decoder) {
    throw new ClickHouseException(89, 'UNKNOWN_COMPRESSION_METHOD', 'Unknown compression method in Content-Encoding');
  }
  return encoding === 'gzip' ? gunzipped(body) : decoded(body, decoder());
}

async function* readable(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    throw unreadable(error);
  }
}

async function* gunzipped(body: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const { bytes, complete } = await readStart(body, SMALL_BYTES);
  if (!complete) return yield* decoded(following(bytes, body), createGunzip());
  try {
    yield gunzipSync(bytes);
  } catch (error) {
    throw unreadable(error);
  }
}

async function* decoded(body: AsyncIterable<Buffer>, decoder: Duplex): AsyncGenerator<Buffer> {
  const source = Readable.from(body, { objectMode: false });
  // Not pipeline(), which would close the connection.
  source.on('error', (error) => decoder.destroy(error)).pipe(decoder);
  try {
    yield* decoder;
  } catch (error) {
    throw unreadable(error);
  } finally {
    source.destroy();
  }
}

function unreadable(error: unknown): ClickHouseException {
  return new ClickHouseException(354, 'ZLIB_INFLATE_FAILED', `The body cannot be read: ${(error as Error).message}`);
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
