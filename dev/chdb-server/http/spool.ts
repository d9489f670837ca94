import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Runs `use` with the path of a file that does not exist yet, and removes the file afterwards, however that ends. */
export type Spool = <T>(use: (file: string) => Promise<T>) => Promise<T>;

/** Uploads and results pass through files here, so that they may be larger than memory; what a crash left is removed. */
export function openSpool(directory: string): Spool {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return async (use) => {
    const file = join(directory, randomUUID());
    try {
      return await use(file);
    } finally {
      await rm(file, { force: true });
    }
  };
}
