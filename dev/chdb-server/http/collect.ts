import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Write } from '../engine/pipe-reader.ts';
import { asNotEnoughSpace } from './not-enough-space.ts';

/** All bytes of a result: in memory if they are few, otherwise in a file. */
export type Content = { bytes: number; inMemory: Buffer | undefined; open(): Readable };

const IN_MEMORY_BYTES = 1024 * 1024;

export type Collector = { write: Write; finish(): Promise<Content>; close(): Promise<void> };

/** Collects a result: a small one in memory, a larger one in `file`. */
export function collect(file: string): Collector {
  let chunks: Buffer[] = [];
  let bytes = 0;
  let bytesInFile = 0;
  let handle: FileHandle | undefined;

  async function flush(): Promise<void> {
    const collected = Buffer.concat(chunks);
    chunks = [];
    bytesInFile += collected.length;
    try {
      handle ??= await open(file, 'wx', 0o600);
      await handle.appendFile(collected);
    } catch (error) {
      throw asNotEnoughSpace(error);
    }
  }
  return {
    write(chunk) {
      chunks.push(chunk);
      bytes += chunk.length;
      return bytes - bytesInFile > IN_MEMORY_BYTES ? flush() : undefined;
    },
    async finish() {
      if (bytesInFile === 0) return inMemory(Buffer.concat(chunks));
      await flush();
      return { bytes, inMemory: undefined, open: () => createReadStream(file) };
    },
    close: async () => handle?.close(),
  };
}

export function inMemory(content: Uint8Array): Content {
  const buffer = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return { bytes: buffer.length, inMemory: buffer, open: () => Readable.from([buffer]) };
}
