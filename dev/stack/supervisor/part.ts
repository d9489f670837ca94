import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Guard } from './guard.ts';
import { lowerPriority } from './lower-priority.ts';

const STOP_TIMEOUT_MS = 10_000;

/** One process of the stack. */
export type Part = {
  /** The name of its log file. */
  name: string;
  /** The subject of sentences about it: "The API". */
  title: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Whether the others go first where cores are busy. */
  isInBackground?: boolean;
  /** Resolves once the part is ready; rejects when the signal is aborted. */
  ready: (signal: AbortSignal) => Promise<unknown>;
};

export type RunningPart = {
  name: string;
  title: string;
  pid: number | undefined;
  log: string;
  /** Resolves when the process has ended, with how it ended: "exited with code 1". Never rejects. */
  ended: Promise<string>;
  /** Sends SIGTERM, and SIGKILL to the whole group if the process still runs after 10 seconds. */
  stop: () => Promise<void>;
};

/** Starts a part in its own process group, so that Ctrl-C reaches this process only; its output goes to `log`. */
export function startPart(part: Part, log: string, guard: Guard): RunningPart {
  const output = openSync(log, 'w', 0o600);
  const child = spawn(part.command, part.args, { env: part.env, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  if (child.pid !== undefined) {
    guard.watch(child.pid);
    if (part.isInBackground) lowerPriority(child.pid);
  }

  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(`could not be started (${error.message})`));
    child.on('exit', (code, signal) => resolve(signal ? `was ended by ${signal}` : `exited with code ${code}`));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const timeout = setTimeout(() => killGroup(child.pid), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timeout);
  };
  return { name: part.name, title: part.title, pid: child.pid, log, ended, stop };
}

function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}
