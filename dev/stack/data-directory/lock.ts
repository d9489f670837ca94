import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../../cli/user-error.ts';
import { readProcesses } from '../supervisor/leftover-processes.ts';

/**
 * Locks a directory for this process. SQLite's lock is the kernel's: it ends with the process, so it is never stale.
 * @returns a function that unlocks it
 * @throws UserError when another process has the lock
 */
export function lockDirectory(directory: string, processes: string): () => void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(directory, 'lock'));
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    const message = error instanceof Error ? error.message : String(error);
    if (!/locked|busy/.test(message)) {
      throw new UserError(
        `The data directory ${directory} cannot be locked (${message}): set DATA_DIR to another one.`,
      );
    }
    const owner = readProcesses(processes)?.supervisor;
    throw new UserError(
      `The data directory ${directory} is in use by another process${owner ? ` (pid ${owner})` : ''}: ` +
        'stop that one, or set DATA_DIR to another directory.',
    );
  }
  return () => database.close();
}
