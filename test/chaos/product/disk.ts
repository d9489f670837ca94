import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const SIZE = '512m';
const BLOCK = Buffer.alloc(1 << 20);

export type Disk = ReturnType<typeof makeDisk>;

/** A small disk of the engine's own, in memory. Only root may make one: `isSmall` says whether it did. */
export function makeDisk(directory: string, wanted: boolean) {
  const path = join(directory, 'disk');
  const filler = join(path, 'filler');
  mkdirSync(path);
  const isSmall = wanted && mount(path);
  return {
    directory: path,
    isSmall,
    /** Leaves no room. */
    fill() {
      const file = openSync(filler, 'w');
      try {
        for (;;) writeSync(file, BLOCK);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(filler, { force: true }),
    remove() {
      if (isSmall) execFileSync('umount', ['--lazy', path]);
    },
  };
}

function mount(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
