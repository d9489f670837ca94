import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Problem } from '../../cli/user-error.ts';
import { endLeftOvers } from '../supervisor/leftover-processes.ts';
import { lock } from './lock.ts';

/** Where each thing is below DATA_DIR; every path is absolute. */
export type DataDirectory = {
  path: string;
  logs: string;
  processes: string;
  secrets: string;
  clickhouse: string;
  release: () => void;
};

/**
 * Makes the directory ours alone, readable by nobody else, and ends what an earlier run left behind in it.
 * @throws Problem when it cannot be written or another process has it
 */
export async function openDataDirectory(given: string, say: (line: string) => void): Promise<DataDirectory> {
  const path = resolve(given);
  const logs = join(path, 'logs');
  try {
    mkdirSync(logs, { recursive: true });
    chmodSync(path, 0o700);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : error;
    throw new Problem(`The data directory ${path} cannot be written (${why}): set DATA_DIR to one that can be.`);
  }
  const processes = join(path, 'processes.json');
  const release = lock(path, processes);
  await endLeftOvers(processes, say);
  return { path, logs, processes, secrets: join(path, 'secrets.json'), clickhouse: join(path, 'clickhouse'), release };
}
