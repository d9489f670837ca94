import { ClickHouseException } from '../sql/exception.ts';
import { readBlock, writeBlock } from './block.ts';
import { EndOfBytes } from './cursor.ts';

/**
 * Converts blocks of the Native format from one revision of the protocol to another: the engine knows revision 0 alone,
 * and clients speak newer ones, in which a block and each of its columns have more in their heads.
 * @throws ClickHouseException for a type that we do not know the length of
 */
export async function* convertNative(
  chunks: AsyncIterable<Buffer>,
  { from, to }: { from: number; to: number },
): AsyncGenerator<Buffer> {
  let read: Buffer[] = [];
  let bytes = 0;
  let needed = 1;
  for await (const chunk of chunks) {
    read.push(chunk);
    bytes += chunk.length;
    if (bytes < needed) continue;
    let rest: Buffer = Buffer.concat(read);
    for (let block = tryRead(rest, from); block; block = tryRead(rest, from)) {
      yield writeBlock(block, to);
      rest = rest.subarray(block.bytes);
    }
    read = [rest];
    bytes = rest.length;
    needed = bytes * 2; // so that a large block is not read again with each chunk
  }
  for (let rest: Buffer = Buffer.concat(read); rest.length > 0; ) {
    const block = tryRead(rest, from);
    if (!block) throw incorrect('they end within a block');
    yield writeBlock(block, to);
    rest = rest.subarray(block.bytes);
  }
}

function tryRead(bytes: Buffer, revision: number) {
  try {
    return bytes.length > 0 ? readBlock(bytes, revision) : undefined;
  } catch (error) {
    if (error instanceof EndOfBytes) return undefined;
    throw error instanceof ClickHouseException ? error : incorrect((error as Error).message);
  }
}

function incorrect(why: string): ClickHouseException {
  return new ClickHouseException(117, 'INCORRECT_DATA', `The data in the Native format cannot be read: ${why}`);
}
