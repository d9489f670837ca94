import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { processStart } from '../system/process-start.ts';
import { until } from '../system/retry.ts';
import { writeAtomically } from '../system/write-atomically.ts';

const PATIENCE_MS = 10_000;

const processes = z.object({
  supervisor: z.number(),
  parts: z.array(z.object({ name: z.string(), pid: z.number(), started: z.string() })),
});
export type Processes = z.infer<typeof processes>;

/** Records who runs here, so that the next start can end what this one could not. */
export function writeProcesses(file: string, parts: { name: string; pid: number }[]): void {
  const alive = parts.map((part) => ({ ...part, started: processStart(part.pid) ?? '' }));
  writeAtomically(file, JSON.stringify({ supervisor: process.pid, parts: alive } satisfies Processes));
}

export function readProcesses(file: string): Processes | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return processes.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // written by another version of this repository
  }
}

/** Ends what an earlier run recorded and left behind: two servers on the same files would destroy them. */
export async function endLeftOvers(file: string, say: (line: string) => void): Promise<void> {
  const parts = readProcesses(file)?.parts ?? [];
  const left = parts.filter(({ pid, started }) => processStart(pid) === started);
  for (const { name, pid } of left) {
    say(`Ending ${name} (pid ${pid}), left behind by an earlier run …`);
    signalProcess(pid, 'SIGTERM');
  }
  for (const { pid, started } of left) {
    const gone = async () => {
      if (processStart(pid) === started) throw new Error('still there');
    };
    await until(gone, AbortSignal.timeout(PATIENCE_MS)).catch(() => signalProcess(-pid, 'SIGKILL'));
    await until(gone, AbortSignal.timeout(PATIENCE_MS));
  }
}

/** Below 0 it is a process group. */
function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself in the meantime.
  }
}
