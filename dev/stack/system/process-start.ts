import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process started, in whatever form the system tells it: together with the pid it names one process for ever,
 * while a pid alone is given again. `undefined` when there is no such process, or only its remains.
 */
export function processStart(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      // The command's name, in brackets, may hold anything; after it come the state and, 19 fields on, the start.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  const line = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim();
  return line && !line.startsWith('Z') ? line.replace(/^\S+\s+/, '') : undefined;
}
