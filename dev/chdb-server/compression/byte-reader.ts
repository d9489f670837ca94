/** Reads a stream in pieces of a chosen size. */
export type ByteReader = {
  /** The next bytes, or undefined at the end of the stream. @throws Error when it ends within them */
  take(length: number): Promise<Buffer | undefined>;
  /** Lets go of the stream, whose rest may then be read otherwise. */
  close(): Promise<unknown> | undefined;
};

export function byteReader(chunks: AsyncIterable<Buffer>): ByteReader {
  const source = chunks[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return {
    async take(length) {
      const read = [rest];
      for (let bytes = rest.length; bytes < length; ) {
        const { value, done } = await source.next();
        if (done && bytes === 0) return undefined;
        if (done) throw new Error('the data end early');
        read.push(value);
        bytes += value.length;
      }
      const all = read.length === 1 ? rest : Buffer.concat(read);
      rest = all.subarray(length);
      return all.subarray(0, length);
    },
    close: () => source.return?.(),
  };
}

/** A stream again, in chunks of one size; the last may be smaller. */
export async function* inChunks(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let read: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    read.push(chunk);
    bytes += chunk.length;
    if (bytes < size) continue;
    const all = Buffer.concat(read);
    let at = 0;
    for (; bytes - at >= size; at += size) yield all.subarray(at, at + size);
    read = [all.subarray(at)];
    bytes -= at;
  }
  if (bytes > 0) yield Buffer.concat(read);
}
