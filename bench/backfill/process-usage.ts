import { readFileSync, writeFileSync } from 'node:fs';

/** A process's CPU in seconds, and the most memory that it had in MB since `forgetPeak`. Of Linux alone. */
export function usageOf(pid: number) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const [, peak = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, peak: Math.round(Number(peak) / 1024) };
}

/** A worker that has bundled its workflows would keep that peak; the image's has not. */
export const forgetPeak = (pid: number) => writeFileSync(`/proc/${pid}/clear_refs`, '5');
