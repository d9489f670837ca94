import { zstdDecompressSync } from 'node:zlib';
import { compressSync, uncompressSync } from 'lz4-napi';
import { ClickHouseException } from '../sql/exception.ts';
import { type ByteReader, byteReader, inChunks } from './byte-reader.ts';
import { cityHash128 } from './city-hash.ts';

/*
 * ClickHouse's own compressed blocks, which `compress=1` and `decompress=1` stand for: a checksum of 16 bytes, then what
 * it is of: the method, the size of the block without the checksum, the size of the data, and the compressed data.
 */
const CHECKSUM_BYTES = 16;
const HEAD_BYTES = 9;
const METHODS = { none: 0x02, lz4: 0x82, zstd: 0x90 };
const BLOCK_BYTES = 1024 * 1024; // as a server's
const MAX_BYTES = 1024 * 1024 * 1024;

export async function* toBlocks(data: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of inChunks(data, BLOCK_BYTES)) {
    const compressed = compressSync(chunk); // begins with the size of the data, as the head ends with it
    const block = Buffer.allocUnsafe(HEAD_BYTES - 4 + compressed.length);
    block.writeUInt8(METHODS.lz4);
    block.writeUInt32LE(block.length, 1);
    compressed.copy(block, HEAD_BYTES - 4);
    yield cityHash128(block);
    yield block;
  }
}

/** @throws ClickHouseException when a block is not whole, or not as its checksum says */
export async function* fromBlocks(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const reader = byteReader(chunks);
  try {
    for (let block = await readBlock(reader); block; block = await readBlock(reader)) yield decompress(block);
  } catch (error) {
    throw error instanceof ClickHouseException ? error : corrupt((error as Error).message);
  } finally {
    await reader.close();
  }
}

async function readBlock(reader: ByteReader): Promise<Buffer | undefined> {
  const start = await reader.take(CHECKSUM_BYTES + HEAD_BYTES);
  if (!start) return undefined;
  const head = start.subarray(CHECKSUM_BYTES);
  const size = head.readUInt32LE(1);
  if (size < HEAD_BYTES || size > MAX_BYTES || head.readUInt32LE(5) > MAX_BYTES) throw corrupt('a size is too large');
  const compressed = await reader.take(size - HEAD_BYTES);
  if (!compressed) throw corrupt('the data end early');
  const block = Buffer.concat([head, compressed]);
  if (!cityHash128(block).equals(start.subarray(0, CHECKSUM_BYTES))) throw corrupt('the checksum does not match');
  return block;
}

function decompress(block: Buffer): Buffer {
  const method = block.readUInt8();
  try {
    if (method === METHODS.lz4) return uncompressSync(block.subarray(HEAD_BYTES - 4));
    if (method === METHODS.zstd) return zstdDecompressSync(block.subarray(HEAD_BYTES), { maxOutputLength: MAX_BYTES });
    if (method === METHODS.none) return block.subarray(HEAD_BYTES);
  } catch (error) {
    throw corrupt((error as Error).message);
  }
  throw new ClickHouseException(89, 'UNKNOWN_COMPRESSION_METHOD', `Unknown compression method ${method} of a block`);
}

function corrupt(why: string): ClickHouseException {
  return new ClickHouseException(271, 'CANNOT_DECOMPRESS', `The compressed blocks cannot be read: ${why}`);
}
