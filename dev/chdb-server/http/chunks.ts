/** The first bytes of a stream: at least this many, or all of them, and then it is `complete`. */
export type Start = { bytes: Buffer; complete: boolean };

/** Reads from a stream until it has `limit` bytes. */
export async function readStart(chunks: AsyncIterator<Buffer>, limit: number): Promise<Start> {
  const read: Buffer[] = [];
  for (let length = 0; length < limit; ) {
    const { value, done } = await chunks.next();
    if (done) return { bytes: Buffer.concat(read), complete: true };
    read.push(value);
    length += value.length;
  }
  return { bytes: Buffer.concat(read), complete: false };
}

/** A stream again, of its first bytes and the rest. */
export async function* following(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
