import { readFileSync } from 'node:fs';

/** Milliseconds of CPU that a process has used; 0 where the system does not say. */
export function cpuOf(pid: number): number {
  try {
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = fields.split(' ').slice(11, 13).map(Number);
    return ((user ?? 0) + (system ?? 0)) * 10;
  } catch {
    return 0;
  }
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The time that this share of the times does not exceed. */
export function quantile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
}

/** How many requests a second some readers make, each one after the other, over a time. */
export async function throughput(readers: number, ms: number, request: (count: number) => Promise<unknown>) {
  const times: number[] = [];
  const end = performance.now() + ms;
  let count = 0;
  const read = async () => {
    while (performance.now() < end) {
      count += 1;
      const number = count;
      times.push(await timed(() => request(number)));
    }
  };
  await Promise.all(Array.from({ length: readers }, read));
  return { perSecond: times.length / (ms / 1000), p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}
