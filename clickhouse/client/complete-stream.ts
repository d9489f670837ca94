/** An exception that a server writes into a response that has begun is never longer than this. */
const EXCEPTION_BYTES = 16 * 1024;

/**
 * Passes the bytes of a ClickHouse response on, but the last ones only once the end is known to be good. A server writes
 * an exception, SQL and all, into a body that has begun and then cuts the connection. A proxy may turn the cut into a
 * regular end, so the exception's tag is searched for as well.
 * @param tag the response's `X-ClickHouse-Exception-Tag`; servers before 25.11 send none
 * @throws where the response is incomplete; nothing of the exception has been passed on by then
 */
export async function* holdBackEnd(chunks: AsyncIterable<Buffer>, tag?: string): AsyncGenerator<Buffer> {
  const held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    bytes += chunk.length;
    for (let [first] = held; first && bytes - first.length >= EXCEPTION_BYTES; [first] = held) {
      bytes -= first.length;
      held.shift();
      yield first;
    }
  }
  const end = Buffer.concat(held);
  if (tag && end.includes(tag)) throw new Error('ClickHouse wrote an exception into its response');
  yield end;
}

/** Waits for the first chunk, so that an error before it is thrown here and not while iterating. */
export async function awaitFirstChunk<T>(chunks: AsyncGenerator<T>): Promise<AsyncIterable<T>> {
  const first = await chunks.next();
  return (async function* () {
    if (first.done) return;
    yield first.value;
    yield* chunks;
  })();
}
