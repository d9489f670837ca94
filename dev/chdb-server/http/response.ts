import type { IncomingMessage, ServerResponse } from 'node:http';
import { Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createDeflate, createGzip, createZstdCompress } from 'node:zlib';
import { toBlocks } from '../compression/blocks.ts';
import { toLz4Frame } from '../compression/lz4-frame.ts';
import { differs } from '../native/block.ts';
import { convertNative } from '../native/convert.ts';
import type { ClickHouseException } from '../sql/exception.ts';
import { following } from './chunks.ts';
import { exceptionText, httpStatus } from './exception-response.ts';
import type { Result } from './execute.ts';
import { header, type Parameters } from './request.ts';

// Fast settings: data only go over loopback.
const ENCODERS: [string, () => Duplex][] = [
  ['lz4', () => Duplex.from(toLz4Frame)],
  ['zstd', createZstdCompress],
  ['br', () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 3 } })],
  ['gzip', () => createGzip({ level: 3 })],
  ['deflate', () => createDeflate({ level: 3 })],
];
// Over loopback, to compress a short result and to decompress it takes longer than to send it.
const COMPRESSED_FROM_BYTES = 16 * 1024;
const CONTENT_TYPES: [RegExp, string][] = [
  [/^JSON\w*EachRow/, 'application/x-ndjson; charset=UTF-8'],
  [/^JSON/, 'application/json; charset=UTF-8'],
  [/^(TabSeparated|TSV)/, 'text/tab-separated-values; charset=UTF-8'],
  [/^CSV/, 'text/csv; charset=UTF-8'],
  [/^(Pretty|Vertical|Values|Markdown)/, 'text/plain; charset=UTF-8'],
];

/** Sends a result; a longer one is compressed if both the setting and the header request it, as on a server. */
export async function sendResult(
  request: IncomingMessage,
  response: ServerResponse,
  result: Result,
  { settings, compress, revision }: Parameters,
): Promise<void> {
  const accepted = header(request, 'accept-encoding') ?? '';
  const { content } = result;
  const isLong = content.bytes >= COMPRESSED_FROM_BYTES;
  const isCompressed = settings.enable_http_compression === '1' && isLong;
  const encoder = isCompressed ? ENCODERS.find(([name]) => accepted.includes(name)) : undefined;
  const isNative = result.format === 'Native' && differs(revision);
  const convert = isNative ? await begun(convertNative(content.open(), revision)) : undefined;
  const isSame = !convert && !compress && !encoder;
  response.writeHead(200, {
    'Content-Type': CONTENT_TYPES.find(([formats]) => formats.test(result.format))?.[1] ?? 'application/octet-stream',
    'X-ClickHouse-Format': result.format,
    'X-ClickHouse-Summary': JSON.stringify(summaryOf(result)),
    ...(encoder ? { 'Content-Encoding': encoder[0] } : {}),
    // With a known length, a result that is cut off is an error in the client.
    ...(isSame ? { 'Content-Length': content.bytes } : {}),
  });
  if (request.method === 'HEAD' || (isSame && content.inMemory)) {
    response.end(request.method === 'HEAD' ? undefined : content.inMemory);
    return;
  }
  const plain = convert ?? content.open();
  const body = Readable.from(compress ? toBlocks(plain) : plain, { objectMode: false });
  await (encoder ? pipeline(body, encoder[1](), response) : pipeline(body, response));
}

/** Computes the first chunk, so that an error of the conversion comes before the head of the response. */
async function begun(chunks: AsyncGenerator<Buffer>): Promise<AsyncGenerator<Buffer>> {
  const first = await chunks.next();
  return first.done ? chunks : following(first.value, chunks);
}

/** Sends an error, or closes the connection if a part of a result has been sent already. */
export function sendException(response: ServerResponse, exception: ClickHouseException, version: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = exceptionText(exception, version);
  response.writeHead(httpStatus(exception.code), {
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Length': Buffer.byteLength(body),
    'X-ClickHouse-Exception-Code': exception.code,
  });
  response.end(body);
}

/** The engine counts rows only; a server counts more. */
function summaryOf({ rows, writtenRows, content, elapsedSeconds }: Result) {
  return {
    read_rows: String(writtenRows || rows),
    read_bytes: '0',
    written_rows: String(writtenRows),
    written_bytes: '0',
    total_rows_to_read: '0',
    result_rows: String(writtenRows || rows),
    result_bytes: String(content.bytes),
    elapsed_ns: String(Math.round(elapsedSeconds * 1e9)),
  };
}
