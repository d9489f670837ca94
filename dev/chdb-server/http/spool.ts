import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Runs `use` with the path of a file that does not exist yet, and removes the file afterwards, however that ends. */
export type Spool = <T>(use: (file: string) => Promise<T>) => Promise<T>;

/** Files for uploads and results, which may be larger than memory. Removes those that a crash left. */
export function openSpool(directory: string): Spool {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return async (use) => {
    const file = join(directory, randomUUID());
    try {
      return await use(file);
    } finally {
      if (existsSync(file)) await unlink(file);
    }
  };
}
