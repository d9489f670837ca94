import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { processStart } from '../system/process-start.ts';
import { retry } from '../system/retry.ts';
import { writeAtomically } from '../system/write-atomically.ts';

const TIMEOUT_MS = 10_000;

const processes = z.object({
  supervisor: z.number(),
  parts: z.array(z.object({ name: z.string(), pid: z.number(), started: z.string() })),
});
export type Processes = z.infer<typeof processes>;

/** Records the processes that run, so that the next start can end those that this one could not. */
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

/** Ends the processes that an earlier run recorded and did not stop: two servers on the same files destroy them. */
export async function endLeftoverProcesses(file: string, print: (line: string) => void): Promise<void> {
  const parts = readProcesses(file)?.parts ?? [];
  const left = parts.filter(({ pid, started }) => processStart(pid) === started);
  for (const { name, pid } of left) {
    print(`Ending ${name} (pid ${pid}), left behind by an earlier run …`);
    signalProcess(pid, 'SIGTERM');
  }
  for (const { pid, started } of left) {
    const hasEnded = async () => {
      if (processStart(pid) === started) throw new Error(`process ${pid} still runs`);
    };
    await retry(hasEnded, AbortSignal.timeout(TIMEOUT_MS)).catch(() => signalProcess(-pid, 'SIGKILL'));
    await retry(hasEnded, AbortSignal.timeout(TIMEOUT_MS));
  }
}

/** A negative pid is a process group. */
function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
