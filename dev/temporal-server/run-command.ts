import { execFile } from 'node:child_process';

/**
 * Runs a command and resolves with its stdout. The error says in one short line why it failed: the last line that the
 * command printed, or that it is not installed or took too long.
 */
export function runCommand(
  command: string,
  args: string[],
  options: { env: NodeJS.ProcessEnv; timeout?: number; signal?: AbortSignal | undefined },
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { ...options, maxBuffer: 16 << 20 }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (options.signal?.aborted) reject(options.signal.reason);
      else if (error.code === 'ENOENT') reject(new Error(`${command} is not installed`));
      else if (error.killed) reject(new Error(`${command} did not end in time`));
      else reject(new Error(lastLine(stderr) ?? lastLine(stdout) ?? `${command} failed with ${error.code}`));
    });
  });
}

function lastLine(text: string): string | undefined {
  const line = text.trimEnd().split('\n').at(-1)?.trim();
  return line ? line.slice(0, 160) : undefined;
}
