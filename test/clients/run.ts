import { spawn } from 'node:child_process';
import { once } from 'node:events';

export type Command = { program: string; args: string[]; cwd: string };
export type Outcome = { code: number | null; stdout: string; output: string };

/** Runs a program to its end. `output` is all that it printed. */
export async function run(
  { program, args, cwd }: Command,
  { env, signal }: { env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<Outcome> {
  const child = spawn(program, args, { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, output };
}
