import { spawn } from 'node:child_process';

/** Ends the processes that it watches when this process dies without stopping them, as by `kill -9`. */
export type Guard = { watch: (pid: number) => void; release: () => void };

// The shell reads pids until its stdin closes, which happens however this process ends.
const SCRIPT = 'pids=; while read -r pid; do pids="$pids $pid"; done; kill $pids 2>/dev/null';

/** A shell, because it works for any program, Temporal's server included, and outlives `killall node`. */
export function startGuard(): Guard {
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'pump-guard'], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.stdin.on('error', () => {});
  shell.unref();
  return {
    watch: (pid) => shell.stdin.write(`${pid}\n`),
    release: () => shell.kill('SIGKILL'),
  };
}
