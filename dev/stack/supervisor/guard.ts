import { spawn } from 'node:child_process';

/** Ends what it was told about when this process dies without having stopped it, as by `kill -9`. */
export type Guard = { watch: (pid: number) => void; release: () => void };

// The shell reads pids until its stdin closes, which is when we are gone, however we went.
const SCRIPT = 'pids=; while read -r pid; do pids="$pids $pid"; done; kill $pids 2>/dev/null';

/**
 * A shell rather than code in each part: it also works for programs that are not ours, as Temporal's server, and it is
 * not ended by whatever ends all of Node's processes.
 */
export function startGuard(): Guard {
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'pump-guard'], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.stdin.on('error', () => {});
  shell.unref();
  return {
    watch: (pid) => shell.stdin.write(`${pid}\n`),
    release: () => shell.kill('SIGKILL'),
  };
}
