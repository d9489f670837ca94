import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Guard } from './guard.ts';

const PATIENCE_MS = 10_000;

/** One process of the stack. */
export type Part = {
  /** As its log file is named. */
  name: string;
  /** As a sentence begins that is about it: "The API". */
  title: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Resolves once the part answers. Asks until the signal aborts. */
  ready: (signal: AbortSignal) => Promise<unknown>;
};

export type RunningPart = {
  name: string;
  title: string;
  pid: number | undefined;
  log: string;
  /** Resolves when the process has ended, with how: "exited with code 1". Never rejects. */
  ended: Promise<string>;
  /** SIGTERM, and SIGKILL for the whole group when that did not end it within 10 seconds. */
  stop: () => Promise<void>;
};

/** Starts a part in a process group of its own, so that a terminal's Ctrl-C reaches only us; output goes to `log`. */
export function startPart(part: Part, log: string, guard: Guard): RunningPart {
  const output = openSync(log, 'w', 0o600);
  const child = spawn(part.command, part.args, { env: part.env, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  if (child.pid !== undefined) guard.watch(child.pid);

  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(`could not be started (${error.message})`));
    child.on('exit', (code, signal) => resolve(signal ? `was ended by ${signal}` : `exited with code ${code}`));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const impatience = setTimeout(() => endGroup(child.pid), PATIENCE_MS);
    await ended;
    clearTimeout(impatience);
  };
  return { name: part.name, title: part.title, pid: child.pid, log, ended, stop };
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // It ended by itself in this very moment.
  }
}
