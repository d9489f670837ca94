import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Problem } from '../../cli/user-error.ts';
import { readProcesses } from '../supervisor/leftover-processes.ts';

/**
 * Locks a directory for this process and answers how to unlock it. SQLite's lock is the kernel's: it is free again
 * when the process is gone, however it went, so there is never a stale one.
 * @throws Problem when another process has the lock
 */
export function lock(directory: string, processes: string): () => void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(directory, 'lock'));
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    const message = error instanceof Error ? error.message : String(error);
    if (!/locked|busy/.test(message)) {
      throw new Problem(`The data directory ${directory} cannot be locked (${message}): set DATA_DIR to another one.`);
    }
    const owner = readProcesses(processes)?.supervisor;
    throw new Problem(
      `The data directory ${directory} is in use by another process${owner ? ` (pid ${owner})` : ''}: ` +
        'stop that one, or set DATA_DIR to another directory.',
    );
  }
  return () => database.close();
}
