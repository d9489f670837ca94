/** What a server writes of an exception into an answer that has begun is never longer than this. */
const EXCEPTION_BYTES = 16 * 1024;

/**
 * Passes the bytes of a ClickHouse answer on, its last ones only once the end is known to be good. A server writes an
 * exception in mid-answer into the body, SQL and all, and then cuts the connection; a proxy in between may mend that
 * into a regular end, so the exception's tag is looked for as well.
 * @param tag the answer's `X-ClickHouse-Exception-Tag`; servers before 25.11 send none
 * @throws where the answer breaks off; what has been passed on by then is no part of the exception
 */
export async function* withholdEnd(chunks: AsyncIterable<Buffer>, tag?: string): AsyncGenerator<Buffer> {
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
  if (tag && end.includes(tag)) throw new Error('ClickHouse has written an exception into its answer');
  yield end;
}

/** Waits for the first chunk, so that an error that comes before it is thrown here. */
export async function begun<T>(chunks: AsyncGenerator<T>): Promise<AsyncIterable<T>> {
  const first = await chunks.next();
  return (async function* () {
    if (first.done) return;
    yield first.value;
    yield* chunks;
  })();
}
