import { EndOfBytes } from '#clickhouse/native/cursor.ts';
import { readBlock, writeBlock } from './block.ts';

/**
 * Converts blocks of the Native format to a revision of the protocol: the engine writes revision 0 alone, and clients
 * speak newer ones, in which a block and each of its columns have more in their heads.
 * @throws ClickHouseException for a type that we do not know the length of
 */
export async function* convertNative(chunks: AsyncIterable<Buffer>, revision: number): AsyncGenerator<Buffer> {
  let read: Buffer[] = [];
  let bytes = 0;
  let needed = 1;
  for await (const chunk of chunks) {
    read.push(chunk);
    bytes += chunk.length;
    if (bytes < needed) continue;
    let rest: Buffer = Buffer.concat(read);
    for (let block = tryRead(rest); block; block = tryRead(rest)) {
      yield writeBlock(block, revision);
      rest = rest.subarray(block.bytes);
    }
    read = [rest];
    bytes = rest.length;
    needed = bytes * 2; // so that a large block is not read again with each chunk
  }
  for (let rest: Buffer = Buffer.concat(read); rest.length > 0; ) {
    const block = readBlock(rest);
    yield writeBlock(block, revision);
    rest = rest.subarray(block.bytes);
  }
}

function tryRead(bytes: Buffer) {
  try {
    return bytes.length > 0 ? readBlock(bytes) : undefined;
  } catch (error) {
    if (error instanceof EndOfBytes) return undefined;
    throw error;
  }
}
