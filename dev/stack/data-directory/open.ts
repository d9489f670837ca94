import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../../cli/user-error.ts';
import { endLeftoverProcesses } from '../supervisor/leftover-processes.ts';
import { lockDirectory } from './lock.ts';

/** The absolute paths of what is below DATA_DIR. */
export type DataDirectory = {
  path: string;
  logs: string;
  processes: string;
  secrets: string;
  clickhouse: string;
  release: () => void;
};

/**
 * Creates DATA_DIR, readable by its owner alone, locks it for this process, and ends what an earlier run left running.
 * @throws UserError when it cannot be written or another process has locked it
 */
export async function openDataDirectory(given: string, print: (line: string) => void): Promise<DataDirectory> {
  const path = resolve(given);
  const logs = join(path, 'logs');
  try {
    mkdirSync(logs, { recursive: true });
    chmodSync(path, 0o700);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : error;
    throw new UserError(`The data directory ${path} cannot be written (${why}): set DATA_DIR to one that can be.`);
  }
  const processes = join(path, 'processes.json');
  const release = lockDirectory(path, processes);
  await endLeftoverProcesses(processes, print);
  return { path, logs, processes, secrets: join(path, 'secrets.json'), clickhouse: join(path, 'clickhouse'), release };
}
