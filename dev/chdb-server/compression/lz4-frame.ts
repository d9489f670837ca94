import { compressFrameSync, compressSync, uncompressSync } from 'lz4-napi';
import { type ByteReader, byteReader, inChunks } from './byte-reader.ts';

/*
 * LZ4's frame format as a stream; the library reads and writes whole frames only. A frame is a head, blocks behind their
 * sizes, and an end. The highest bit of a size says that the block is not compressed.
 */
const MAGIC = 0x184d2204;
const RAW = 0x80000000;
const BLOCK_BYTES = 64 * 1024; // what the library's own head promises for a small frame
const WINDOW_BYTES = 64 * 1024; // how far a linked block looks back
const END = Buffer.alloc(4);

// Seven bytes: the magic number, two of flags, and their checksum.
const HEAD = compressFrameSync(Buffer.from('x')).subarray(0, 7);

export async function* toLz4Frame(data: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield HEAD;
  for await (const chunk of inChunks(data, BLOCK_BYTES)) {
    const compressed = compressSync(chunk).subarray(4); // without the size of the data
    const block = compressed.length < chunk.length ? compressed : chunk;
    const size = Buffer.alloc(4);
    size.writeUInt32LE(block === chunk ? chunk.length + RAW : block.length);
    yield Buffer.concat([size, block]);
  }
  yield END;
}

/** Reads one frame after the other. @throws Error when the data are not, or end early */
export async function* fromLz4Frames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const reader = byteReader(chunks);
  try {
    for (let start = await reader.take(4); start; start = await reader.take(4)) {
      if (start.readUInt32LE() !== MAGIC) throw new Error('this is no LZ4 frame');
      yield* fromFrame(reader);
    }
  } finally {
    await reader.close();
  }
}

async function* fromFrame(reader: ByteReader): AsyncGenerator<Buffer> {
  const take = async (length: number) => {
    const bytes = length === 0 ? Buffer.alloc(0) : await reader.take(length);
    if (!bytes) throw new Error('the data end early');
    return bytes;
  };
  const [flags = 0, sizes = 0] = await take(2);
  const has = (bit: number) => (flags & bit) !== 0;
  await take((has(0x08) ? 8 : 0) + (has(0x01) ? 4 : 0) + 1); // the size of the content, a dictionary's id, a checksum
  const maximum = 1 << (8 + 2 * ((sizes >> 4) & 7));
  const isLinked = !has(0x20);
  let window = Buffer.alloc(0);
  for (let size = (await take(4)).readUInt32LE(); size !== 0; size = (await take(4)).readUInt32LE()) {
    const length = size % RAW;
    if (length > maximum) throw new Error('a block is larger than its frame says');
    const block = await take(length);
    if (has(0x10)) await take(4); // the block's checksum
    const plain = size >= RAW ? block : decompress(block, maximum, window);
    if (isLinked) window = Buffer.concat([window, plain]).subarray(-WINDOW_BYTES);
    yield plain;
  }
  if (has(0x04)) await take(4); // the content's checksum
}

function decompress(block: Buffer, maximum: number, window: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(maximum);
  const sized = Buffer.concat([size, block]);
  return window.length > 0 ? uncompressSync(sized, window) : uncompressSync(sized);
}
